"""A plan of one's own: what stars in a browser name, as a page, a calendar and an address to share, without an account.

The plan is in the address. A script brings the stars of the browser there; whoever opens the address sees the same.
"""

from __future__ import annotations

from itertools import groupby

from datasette.utils.asgi import BadRequest

from programme.site.parts.calendars import chosen_calendar
from programme.site.parts.plan import Plan, plan_of
from programme.site.parts.site import File, Page, Site
from programme.site.parts.stars import address_of, stars_of
from programme.site.parts.taking import Chosen, taking

MAX_STARS = 500
PATH = "/my-programme"


async def my_programme(site: Site) -> Page:
    """Show a plan by day, in the order of time and room."""
    stars, plan = await _plan(site)
    days = [{"day": day, "slots": list(group)} for day, group in groupby(plan.slots, key=lambda slot: slot["day"])]
    address = f"{site.absolute(PATH)}?s={address_of(stars)}" if stars else None
    shown = {
        "stars": stars,
        "address": address,
        "days": days,
        "slots": len(plan.slots),
        "clashing": sum(bool(slot["clashes"]) for slot in plan.slots),
        "papers": plan.papers,
        "missing": plan.missing,
        "has_calendar": any(slot["starts_at"] for slot in plan.slots),
    }
    return Page("my_programme", shown)


async def calendar(site: Site) -> File:
    """Return the slots of a plan as a calendar; its events are those of the calendars of their editions."""
    _, plan = await _plan(site)
    return await chosen_calendar(site, "My programme", plan.places())


async def _chosen(site: Site) -> Chosen:
    """Return the papers of a plan: first those with a slot, in the order in which one walks."""
    stars, plan = await _plan(site)
    keys = [*(slot["paper_key"] for slot in plan.slots if slot["paper_key"]), *(paper["key"] for paper in plan.papers)]
    return Chosen("My programme", f"{PATH}?s={address_of(stars)}", list(dict.fromkeys(keys)))


async def _plan(site: Site) -> tuple[list[str], Plan]:
    """Return the stars in the address and what they name; raises BadRequest where there are too many."""
    stars = stars_of(site.arg("s"))
    if len(stars) > MAX_STARS:
        raise BadRequest(f"A plan holds at most {MAX_STARS} stars.")
    return stars, await plan_of(site, stars)


ROUTES = [
    (f"{PATH}.ics", calendar),
    *taking(PATH, _chosen, ("bib", "ris", "csv", "atom")),
    (PATH, my_programme),
]
