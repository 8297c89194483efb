"""`/llms.txt`: the JSON and CSV of the site, SQL, and the curated queries, described for language models."""

from datasette.utils import tilde_encode

from programme.queries import Query, catalogue
from programme.site.parts.site import File, Site

_INTRODUCTION = """\
# Programme

> The programme of machine-learning conferences: sessions, slots, papers, authors and the code behind them, each with
> the document and the lines that state it.

## URLs

- A paper: {site}/paper/KEY.json · an author: {site}/author/KEY.json · a repository: {site}/repository/KEY.json
- A session: {site}/session/KEY.json (calendar: .ics) · an edition: {site}/edition/icml-2022.json · a day of it:
  {site}/edition/icml-2022/2022-07-21.json (calendar: .ics)
- A listing: {site}/listing/KEY.json (feed: .atom) · a document: {site}/document/SHA256.json
- What changed between captures: {site}/changes.json?edition=icml-2022
  (feed: {site}/edition/icml-2022/changes.atom) · the captures of a source: {site}/source.json?uri=URI · two documents:
  {site}/document/SHA256/since/SHA256.json
- Search: {site}/search.json?q=contrastive+learning&code=1&year=2022
- New papers with code: {site}/feed.atom
- Any table or view: {data}/TABLE.json?_shape=objects, or .csv?_stream=on for all rows
{sql}{mcp}
Keys are stable and the same on every machine. Instants are ISO 8601 in UTC.
"""
_SQL = """\
- SQL of SQLite, read-only: {data}.json?sql=SELECT+…&_shape=objects (limited to 1,000 rows, 16 MB and two seconds; a few
  statements at a time, then status 429)
"""
_MCP = """\
- Model Context Protocol: {site}/-/mcp (streamable HTTP, without sessions)
"""


async def llms_txt(site: Site) -> File:
    """Return `/llms.txt`."""
    home = site.absolute("/").rstrip("/")
    data = f"{home}/{tilde_encode(site.database.name)}"
    mcp = "" if site.other_databases() else _MCP.format(site=home)
    sql = _SQL.format(data=data) if site.datasette.setting("default_allow_sql") else ""
    queries = catalogue().values()
    parts = [
        _INTRODUCTION.format(site=home, data=data, sql=sql, mcp=mcp),
        "## Views\n",
        *(f"- {data}/{query.name}.json: {query.description}" for query in queries if query.is_view),
        "\n## Curated queries, with the defaults of their parameters in parentheses\n",
        *(_described(query, data) for query in queries if not query.is_view),
    ]
    return File("\n".join(parts) + "\n", "text/plain; charset=utf-8")


def _described(query: Query, data: str) -> str:
    """Describe a query: its URL and parameters."""
    params = "; ".join(f"{param.name}: {param.explanation.rstrip('.')}" for param in query.params)
    return f"- {data}/{query.name}.json?_shape=objects: {query.description} [{params}]"


ROUTES = [("/llms.txt", llms_txt)]
