"""What the pages of the virtual conference sites share: their furniture, and the kinds they print."""

CHAT = "Chat is not available."
"""The line that ends a session's heading."""

FURNITURE = frozenset(
    {
        CHAT,
        "Skip to yearly menu bar Skip to main content",
        "Skip to yearly menu bar",
        "Skip to main content",
        "Main Navigation",
        "Toggle navigation",
        "Successful Page Load",
        "Log in and register to view live content",
        "Do not remove: This comment is monitored to verify that the site is working properly",
    }
)

KINDS = {
    **dict.fromkeys(("oral", "oral presentation", "talk", "contributed talk", "long talk"), "oral"),
    **dict.fromkeys(("long presentation", "short presentation"), "oral"),
    **dict.fromkeys(("spotlight", "spotlight talk"), "spotlight"),
    **dict.fromkeys(("poster", "spotlight poster"), "poster"),
    **dict.fromkeys(("q&a", "live q&a", "q & a", "q&a session"), "qa"),
    **dict.fromkeys(("keynote", "keynote talk", "invited talk", "invited speaker", "plenary"), "keynote"),
    **dict.fromkeys(("break", "coffee break", "lunch", "lunch break"), "break"),
    **dict.fromkeys(("workshop", "affinity workshop"), "workshop"),
    "tutorial": "tutorial",
    **dict.fromkeys(("social", "affinity", "affinity event", "reception"), "social"),
    **dict.fromkeys(("panel", "panel discussion", "live panel", "discussion", "opening remarks"), "other"),
    **dict.fromkeys(("closing remarks", "remarks", "award", "test of time", "test of time award"), "other"),
    **dict.fromkeys(("competition", "demonstration", "expo talk panel", "town hall"), "other"),
}
"""Kinds as printed, in lower case, and the word of the closed vocabulary; any other printed kind is `other`."""

WITHOUT_PAPER = frozenset({"break", "qa"})
WEEKDAYS = frozenset("Mon Tue Wed Thu Fri Sat Sun MON TUE WED THU FRI SAT SUN".split())  # noqa: SIM905
