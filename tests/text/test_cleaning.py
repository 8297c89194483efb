import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.loaders.text.cleaning import clean


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("Oll-BarrĂ©", "Oll-Barré"),
        ("DaumÃ©", "Daumé"),
        ("Ann Lee · Lena Oll-BarrĂ© · Łukasz Roe", "Ann Lee · Lena Oll-Barré · Łukasz Roe"),
        ("MĂĽller", "Müller"),
        ("a NÃœMA of 360Â° views", "a NÜMA of 360° views"),
        ("Rene\u0301", "René"),
        ("DoÄŸan, Åžahin and Å\xa0imon", "Doğan, Şahin and Šimon"),
        ("the Ï€-calculus of AUCÎĽ, Ď„ and 10Ă— more", "the π-calculus of AUCμ, τ and 10× more"),
        ("zero\u200bwidth and soft\u00adhyphen", "zerowidth and softhyphen"),
        ("a\u00a0b\tc\r\n d", "a b c d"),
        ("nul\x00 and lone \ud800 surrogate", "nul and lone surrogate"),
        ("", ""),
    ],
)
def test_broken_text_is_repaired(broken: str, meant: str) -> None:
    assert clean(broken) == meant


@pytest.mark.parametrize(
    "right",
    [
        "“Curly” ‘quotes’ – and — dashes … stay",
        "Łucja Sørensen-Žižek",
        "Nguyễn Đỗ Hữu",
        "Âşık Çelik and BĂŞESCU",
        "360° ≥ β², naïve “é”",
        "Å–Ä, “Ö”, GĂ‘ and Île",
        "王芳 and Ольга",
    ],
)
def test_correct_text_is_unchanged(right: str) -> None:
    assert clean(right) == right


def test_plain_text_never_loads_ftfy() -> None:
    program = (
        "import sys; from programme.loaders.text.cleaning import clean;"
        "clean('Plain  text'); clean('Łukasz “and” Bjørn');"
        "sys.exit('ftfy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@given(st.text())
def test_spaces_are_single_and_random_text_never_raises(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    cleaned.encode()


def test_wcwidth_is_imported_by_those_alone_who_call_it() -> None:
    program = """
import sys
from programme.loaders.text.cleaning import clean_characters
assert clean_characters("DaumÃ©") == "Daumé"
assert "ftfy" in sys.modules and "wcwidth" not in sys.modules
from ftfy.formatting import display_ljust
assert display_ljust("王", 3) == "王 "
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
