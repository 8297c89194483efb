"""The names of authors by their parts, as bibliographies write them."""

from typing import NamedTuple

from programme.loaders.text.names import NameParts, is_in_braces, name_parts
from programme.patterns import lazy_pattern

_GROUPS = frozenset({"team", "collaboration", "group", "consortium", "project", "initiative", "community", "authors"})
_SUFFIXED = lazy_pattern(r"(?P<given>.*\S)\s+(?P<family>[^\s,]+)\s*[,\s]\s*(?P<suffix>(?:Jr|Sr)\.?|II|III|IV)")


class CitedName(NamedTuple):
    """A name by its parts; a name that has none is a family name alone."""

    family: str
    given: str = ""
    suffix: str = ""
    is_group: bool = False

    @property
    def inverted(self) -> str:
        """The name with the family name first: `van Roe, Ada`."""
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)


def stated_parts(name: str, spelling: str = "") -> NameParts | None:
    """Return the parts of a name as a spelling of it, or a suffix at its end, says them; None where nothing does.

    >>> stated_parts("Ada Peel Quill", "Peel Quill, Ada")
    NameParts(family='Peel Quill', given='Ada', suffix=None)
    >>> stated_parts("Bo Wu, Jr."), stated_parts("Ada van Roe")
    (NameParts(family='Wu', given='Bo', suffix='Jr.'), None)
    """
    if parts := name_parts(spelling):
        return parts
    found = _SUFFIXED.fullmatch(name)
    return NameParts(found["family"], found["given"], found["suffix"]) if found else None


def is_group(name: str, spelling: str = "") -> bool:
    """Return whether a name is not a person's.

    >>> is_group("T2K Team"), is_group("Lab, Oslo"), is_group("Fen Lights", "{Fen Lights}"), is_group("Ada van Roe")
    (True, True, True, False)
    """
    has_several = "," in name or " and " in name
    return has_several or is_in_braces(spelling) or name.rpartition(" ")[2].casefold() in _GROUPS


def cited_name(name: str, spelling: str = "") -> CitedName:
    """Return a name by its parts; where nothing says them, the last word and particles before it are the family name.

    >>> cited_name("Ada van Roe"), cited_name("T2K Team")
    (CitedName(family='van Roe', given='Ada', suffix='', is_group=False), CitedName(family='T2K Team', given='', \
suffix='', is_group=True))
    """
    if parts := stated_parts(name, spelling):
        return CitedName(parts.family, parts.given, parts.suffix or "")
    if is_group(name, spelling):
        return CitedName(name, is_group=True)
    words = name.split()
    start = next((at for at in range(1, len(words)) if words[at][0].islower()), len(words) - 1)
    return CitedName(" ".join(words[start:]), " ".join(words[:start]))
