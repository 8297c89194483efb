"""Papers as BibTeX: plain rows in, text out.

`entry(citation)` returns one entry, `bibliography(citations)` yields the text of a file.

An entry is `@article` in a journal, `@inproceedings` in proceedings or where an edition is known, else `@misc`. Text
stays Unicode; what TeX would take for a command is escaped, and capitals that a style would lower are braced. A name is
`Family, Given` where a source says which is which, as BibTeX takes the last word for the family name otherwise. The
format `bibtex` reads every entry back.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from programme.export.cited_names import CitedName, cited_name, is_group, stated_parts
from programme.loaders.text.names import name_form
from programme.patterns import lazy_pattern


class Citation(NamedTuple):
    """What is cited of a paper."""

    key: str
    """Key of the paper, `papers.key`."""
    title: str
    authors: tuple[str, ...] = ()
    """Names in the order of the byline, given name first."""
    published_in: str | None = None
    """The journal or proceedings as stated, or else the name of its edition, the oldest of several: `ICML 2022`."""
    year: int | None = None
    """Year of publication; without one, the year of its arXiv number is used."""
    identifiers: tuple[tuple[str, str], ...] = ()
    """Schemes and values, as in `paper_identifiers`."""
    code: str | None = None
    """URL of the paper's own repository."""
    is_journal: bool = False
    """Whether `published_in` is a journal."""
    has_more_authors: bool = False
    """Whether the sources leave authors out: `and others`."""
    spellings: tuple[str, ...] = ()
    """The authors as a source spells them, which may say the family name, or empty: `Peel Quill, Ada`."""

    @property
    def identifier(self) -> dict[str, str]:
        """The identifier of each scheme."""
        return _of_each_scheme(self.identifiers)

    @property
    def names(self) -> list[CitedName]:
        """The authors by the parts of their names."""
        return [cited_name(*pair) for pair in zip(self.authors, self.spellings or self.authors, strict=True)]

    @property
    def cited_year(self) -> int | None:
        """The year of publication, or else the one of the arXiv number."""
        if self.year:
            return self.year
        found = (_ARXIV_YEAR.match(value) for scheme, value in self.identifiers if scheme == "arxiv")
        digits = next((match[1] or match[2] for match in found if match), None)
        # arXiv began in 1991.
        return None if digits is None else int(digits) + (1900 if digits > "90" else 2000)


_ARTICLES = frozenset({"a", "an", "the", "on"})
_ALWAYS_LOWER = frozenset({"with", "from", "into", "over", "under", "through", "without", "between", "towards"})
"""Words that have no capital in any title; shorter ones are not asked."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ANONYMOUS = "anon"
_URLS = (
    ("acl", "https://aclanthology.org/{}"),
    ("pmlr", "https://proceedings.mlr.press/{}.html"),
    ("openreview", "https://openreview.net/forum?id={}"),
    ("arxiv", "https://arxiv.org/abs/{}"),
    ("doi", "https://doi.org/{}"),
)
_ESCAPES = {character: f"\\{character}" for character in "&%_#${}"} | {
    "\\": "{\\textbackslash}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
}
# Marks for braces while the text is escaped; private-use characters, which no title holds.
_LEFT, _RIGHT = ("\ue000", "{\\textbraceleft}"), ("\ue001", "{\\textbraceright}")
_SPECIAL = lazy_pattern(r"[&%_#${}\\~^]")
_FORMULA = lazy_pattern(r"(\$[^$]*\\[A-Za-z][^$]*\$)")
_PIECE = lazy_pattern(rf"(?P<word>[^\W_]+)|{_SPECIAL.pattern}")
_SENTENCE_START = lazy_pattern(r"(?:^|[:.?!–—])\W*\Z")
_OLD_ACL = lazy_pattern(r"[a-z]\d\d-\d{4}")
_ARXIV_YEAR = lazy_pattern(r"(\d\d)\d\d\.\d+|[a-z.-]+/(\d\d)\d{5}", re.IGNORECASE)


def entry(citation: Citation) -> str:
    r"""Return the entry of a paper, without a line break at its end.

    >>> paper = Citation("9f31c2aa00000000", "Nets & BERT: 50% less", ("Ada Byron", "Bo Wu, Jr."), "ICML 2022", 2022)
    >>> print(entry(paper._replace(identifiers=(("arxiv", "2201.00042"),), code="https://github.com/ada/a_net")))
    @inproceedings{byron2022nets-9f31c2,
      title = {Nets \& {BERT}: 50\% less},
      author = {Ada Byron and Wu, Jr., Bo},
      booktitle = {{ICML} 2022},
      year = {2022},
      url = {https://arxiv.org/abs/2201.00042},
      eprint = {2201.00042},
      archiveprefix = {arXiv},
      code = {https://github.com/ada/a_net},
    }
    """
    kind = ("article" if citation.is_journal else "inproceedings") if citation.published_in else "misc"
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(citation) if value)
    return f"@{kind}{{{citation_key(citation)},\n{fields}}}"


def bibliography(citations: Iterable[Citation]) -> Iterator[str]:
    """Yield the text of a .bib file in pieces, in the order of the citations."""
    for citation in citations:
        yield f"{entry(citation)}\n\n"


def citation_key(citation: Citation) -> str:
    """Return the key a paper is cited by: surname, year, first word, and six digits of its database key.

    It depends on the paper alone: it is the same in every file, and papers loaded later do not change it.

    >>> citation_key(Citation("9f31c2aa00000000", "The Łódź Corpus", ("Łucja van Sørensen",), "ICML 2022", 2022))
    'sorensen2022lodz-9f31c2'
    >>> citation_key(Citation("9f31c2aa00000000", "???"))
    'anon-9f31c2'
    """
    names = [name_form(name).split() for name in citation.authors[:1]]
    surname = next((_ascii(word) for name in names for word in reversed(name) if word not in _SUFFIXES), "")
    words = (_ascii(name_form(word)) for word in re.split(r"[\s:–—-]+", citation.title))
    first = next((word for word in words if word and word not in _ARTICLES), "")
    return f"{surname or _ANONYMOUS}{citation.cited_year or ''}{first[:24]}-{citation.key[:6]}"


def paper_url(identifiers: Iterable[tuple[str, str]]) -> str | None:
    """Return the URL at which a paper is read: at its venue, else as a preprint, else by its DOI; None without any.

    >>> paper_url([("doi", "10.1000/182"), ("acl", "p19-1001")]), paper_url([("hf", "1")])
    ('https://aclanthology.org/P19-1001', None)
    """
    known = _of_each_scheme(identifiers)
    for scheme, pattern in _URLS:
        if scheme in known:
            value = known[scheme]
            return pattern.format(value.upper() if _OLD_ACL.fullmatch(value) else value)
    return None


def _of_each_scheme(identifiers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return an identifier of each scheme: of several the smallest, so that the text is always the same."""
    return dict(sorted(identifiers, reverse=True))


def _fields(citation: Citation) -> Iterator[tuple[str, str | None]]:
    known = citation.identifier
    yield "title", _title(citation.title)
    spellings = citation.spellings or citation.authors
    names = [_author(name, spelling) for name, spelling in zip(citation.authors, spellings, strict=True)]
    yield "author", " and ".join([*names, "others"] if names and citation.has_more_authors else names)
    yield "journal" if citation.is_journal else "booktitle", _title(citation.published_in or "")
    yield "year", str(citation.cited_year or "")
    yield "doi", _verbatim(known.get("doi"))
    yield "url", _verbatim(paper_url(citation.identifiers))
    yield "openreview", known.get("openreview")
    yield "eprint", known.get("arxiv")
    yield "archiveprefix", "arXiv" if "arxiv" in known else None
    yield "code", _verbatim(citation.code)


def _title(title: str) -> str:
    r"""Return a title that TeX prints as it is, whatever the style; formulas in TeX stay.

    >>> _title(r"A Study of (ImageNet) GANs by $\sqrt{T}$ & X: $5 for R^2")
    'A Study of ({ImageNet}) {GANs} by $\\sqrt{T}$ \\& {X}: \\$5 for {R}{\\textasciicircum}2'
    >>> _title("Scaling T5: Lessons from the Bayesian view of model size"), _title("A Bayesian View of Models")
    ('Scaling {T5}: Lessons from the {Bayesian} view of model size', 'A Bayesian View of Models')
    """
    parts = _FORMULA.split(title)
    printed = partial(_printed, has_names=_is_in_sentence_case(title))
    for at, part in enumerate(parts):
        if at % 2 == 0 or not _is_balanced(part):
            parts[at] = _PIECE.sub(printed, _without_loose_braces(part))
    return "".join(parts).replace(*_LEFT).replace(*_RIGHT)


def _is_in_sentence_case(title: str) -> bool:
    """Return whether most words of a title have no capitals, so that those with one are names."""
    words: list[str] = re.findall(r"(?<![\w-])[^\W_]+", title)[1:]
    longer = (word for word in words if len(word) > len("the") and word[1:].islower())
    telling = [word[0].islower() for word in longer if word not in _ALWAYS_LOWER]
    return 2 * sum(telling) > len(telling)


def _printed(piece: re.Match[str], *, has_names: bool) -> str:
    """Escape a special character; put a word in braces if it has capitals that a style must not lower.

    These are capitals after the start of the word, before a digit, and, where the others are names, within a sentence.
    """
    word = piece["word"]
    if word is None:
        return _ESCAPES[piece[0]]
    is_kept = word[1:] != word[1:].lower() or (len(word) == 1 and word != "A" and word.isupper())
    is_kept |= word[0].isupper() and not word.isalpha()
    is_kept |= has_names and word[0].isupper() and not _SENTENCE_START.search(piece.string, 0, piece.start())
    return f"{{{word}}}" if is_kept else word


def _author(name: str, spelling: str = "") -> str:
    """Return a name as BibTeX splits it: `family, suffix, given`; what is not a personal name goes in braces.

    Where no spelling says which word is the family name, BibTeX is left to take the last.

    >>> [_author(name) for name in ("Ada van Roe", "Bo Wu, Jr.", "Cy Lee III", "Nets and Co", "Lab, Oslo", "T2K Team")]
    ['Ada van Roe', 'Wu, Jr., Bo', 'Lee, III, Cy', '{Nets and Co}', '{Lab, Oslo}', '{T2K Team}']
    >>> _author("Ada Peel Quill", "Peel Quill, Ada"), _author("Fen Lights", "{Fen Lights}")
    ('Peel Quill, Ada', '{Fen Lights}')
    """
    if parts := stated_parts(name, spelling):
        return ", ".join(_escaped(part) for part in (parts.family, parts.suffix, parts.given) if part)
    return f"{{{_escaped(name)}}}" if is_group(name, spelling) else _escaped(name)


def _escaped(name: str) -> str:
    escaped = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], _without_loose_braces(name))
    return escaped.replace(*_LEFT).replace(*_RIGHT)


def _is_balanced(text: str) -> bool:
    """Return whether braces are balanced; BibTeX counts escaped ones too.

    >>> _is_balanced("{a}{}"), _is_balanced("}{"), _is_balanced("{")
    (True, False, False)
    """
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _without_loose_braces(text: str) -> str:
    """Replace each brace by a mark where they are not balanced."""
    return text if _is_balanced(text) else text.replace("{", _LEFT[0]).replace("}", _RIGHT[0])


def _verbatim(text: str | None) -> str | None:
    """Escape a URL or number, in which only braces and backslashes have a meaning."""
    return text and text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _ascii(form: str) -> str:
    """Return the ASCII letters and digits of a folded word, which a citation key may hold."""
    return "".join(character for character in form if character.isascii() and character.isalnum())
