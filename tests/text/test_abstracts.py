import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.loaders.text.abstracts import clean_abstract

ADDRESSES = (
    "https://example.org/a_b/c%20d~e",
    "http://www.example.org/?q=a_b&c=$5#d",
    "https://example.org/**a**/--b--/(c)",
    "www.example.org/~roe/a-b_c",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("text", ["See {}.", "$x$, {} and {{\\em more}}", "re-\ncover\n\n{} ﬁne", "(\\url{{{}}})"])
def test_urls_survive(text: str, address: str) -> None:
    assert address in clean_abstract(text.format(address))


def test_plain_abstracts_load_no_rules() -> None:
    program = (
        "import sys; from programme.loaders.text.abstracts import clean_abstract;"
        "clean_abstract('Plain text, wrapped\\nonce.');"
        "rules = {'ftfy', *(f'programme.loaders.text.{name}' for name in ('markup', 'latex', 'hyphens'))};"
        "sys.exit(bool(rules & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("raw", "paragraphs"),
    [
        ("One line\nand its rest.\nMore.", ["One line and its rest. More."]),
        ("One.\n  \n\nTwo.\r\n\r\nThree.\u2029Four.", ["One.", "Two.", "Three.", "Four."]),
        ("A sentence.\n  An indented one.", ["A sentence.", "An indented one."]),
        ("words " * 25 + "end.\nA long line stood before.", ["words " * 25 + "end.", "A long line stood before."]),
        ("words " * 25 + "and\nThe sentence goes on.", ["words " * 25 + "and The sentence goes on."]),
        ("We show:\n1. One.\n2. Two\n3. Three", ["We show:", "1. One.", "2. Two", "3. Three"]),
    ],
)
def test_paragraphs(raw: str, paragraphs: list[str]) -> None:
    assert clean_abstract(raw).split("\n\n") == paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "$" + "\\alpha " * 4000,
        "$\\a$$" * 4000,
        "\\footnote{a{b}" * 4000,
        "\\textbf{" * 4000 + "}" * 4000,
        "abcdef- ghijkl " * 2000,
        "abc-\n" * 4000,
        "[a](https://" * 4000,
        "<a href=" * 4000 + "</",
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    clean_abstract(text)
    assert time.process_time() - start < 2


@given(st.text(alphabet="\\{}$'\"`*~_^<>/&;:#% abcxAé\n\r\u200b\u00ad\ufb01Ã©-.()[]0"))
def test_random_text_never_raises(text: str) -> None:
    cleaned = clean_abstract(text)
    assert cleaned == "\n\n".join(" ".join(paragraph.split()) for paragraph in cleaned.split("\n\n"))
    cleaned.encode()
