"""What search engines may read: nothing, unless the owner of the site lets them in."""

from programme.site.parts.site import File, Site


async def robots(site: Site) -> File:
    """Return `robots.txt`."""
    config = site.datasette.plugin_config("programme") or {}
    rule = "Allow" if config.get("robots") else "Disallow"
    return File(f"User-agent: *\n{rule}: /\n", "text/plain; charset=utf-8")


ROUTES = [("/robots.txt", robots)]
