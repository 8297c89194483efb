"""Charts: each runs a curated query, names its axes and links to pages that exist."""

from typing import Any
from urllib.parse import urlencode

import pytest

from programme.site.charts import dashboards
from tests.site.pages import get, get_json

CHARTS = [
    pytest.param(chart, id=f"{slug}-{name}")
    for slug, dashboard in dashboards("programme").items()
    for name, chart in dashboard["charts"].items()
]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_shows_and_labels_columns_of_its_query(site: Any, chart: dict[str, Any]) -> None:
    asked = urlencode({"sql": chart["query"], "edition": "icml-2021"})
    columns = get_json(site, f"/programme.json?{asked}")["columns"]
    made = {step["as"] for step in chart["display"]["transform"] if "as" in step}
    encoding = chart["display"]["encoding"]
    shown = {channel["field"] for channel in encoding.values() if isinstance(channel, dict)}
    assert shown <= {*columns, *made}
    assert "page" in made
    assert chart["title"]
    assert all("title" in encoding[axis] for axis in ("x", "y"))


@pytest.mark.parametrize("slug", dashboards("programme"))
def test_a_dashboard_shows_its_charts(site: Any, slug: str) -> None:
    page = get(site, f"/-/dashboards/{slug}")
    for name, chart in dashboards("programme")[slug]["charts"].items():
        assert f'id="chart-{name}"' in page
        assert chart["title"] in page
