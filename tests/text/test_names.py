from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.names import looks_like_byline, mend_name, name_form, name_rank, split_byline


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ann Lee · Bo Wu · Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee ⋅ Bo Wu ⋅", ("Ann Lee", "Bo Wu")),
        ("Ann Lee ⋅ Bo Wu ⋅\nCy\nRoe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee · Bo Wu ⋅ Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Lee, Ann · Wu, Bo", ("Lee, Ann", "Wu, Bo")),
        ("Jordi Gal·la", ("Jordi Gal·la",)),
        ("Ann Lee; Bo Wu", ("Ann Lee", "Bo Wu")),
        ("Ann Lee | Bo Wu", ("Ann Lee", "Bo Wu")),
        ("Ann Lee, Bo Wu, Jr., and Cy Roe", ("Ann Lee", "Bo Wu, Jr.", "Cy Roe")),
        ("Ann Lee and Bo Wu", ("Ann Lee", "Bo Wu")),
        ("Lee, Ann and Wu, Bo", ("Lee, Ann", "Wu, Bo")),
        ("Lee, Ann and van der Roe, C. Q. and Fox, Di", ("Lee, Ann", "van der Roe, C. Q.", "Fox, Di")),
        ("Ann Lee, Bo Wu and Cy Roe, Di Fox", ("Ann Lee", "Bo Wu", "Cy Roe", "Di Fox")),
        ("Ann Lee and Bo Wu, Jr.", ("Ann Lee", "Bo Wu, Jr.")),
        ("Alexandra Sandoval", ("Alexandra Sandoval",)),
        ("Ann Lee;; Bo Wu;", ("Ann Lee", "Bo Wu")),
        ("Ann Lee|Bo Wu|", ("Ann Lee", "Bo Wu")),
        ("Ann Lee，Bo Wu、Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee, Bo Wu, Ann Lee, Bo Wu", ("Ann Lee", "Bo Wu")),
        ("Ann Lee · Bo Wu\nAnn Lee · Bo Wu", ("Ann Lee", "Bo Wu")),
        ("Ann Lee ⋅ Bo Wu ⋅ Ann Lee ⋅ Bo Wu ⋅", ("Ann Lee", "Bo Wu")),
        ("Ann Lee, Bo Wu, Ann Lee", ("Ann Lee", "Bo Wu", "Ann Lee")),
        ("Jing Jing", ("Jing Jing",)),
        ("Ann Lee1, Bo Wu2, and Cy Roe1,2", ("Ann Lee1", "Bo Wu2", "Cy Roe1")),
        ("Ann Lee[1], Bo Wu[1,2]", ("Ann Lee", "Bo Wu")),
        ("Ann Lee (MIT), Bo Wu (CMU, USA)", ("Ann Lee (MIT)", "Bo Wu (CMU, USA)")),
        ("Ren&eacute; Roe; Bo Wu", ("René Roe", "Bo Wu")),
        ("Ann Lee, Bo Wu et al.", ("Ann Lee", "Bo Wu")),
        ("Ann Lee and Bo Wu and others", ("Ann Lee", "Bo Wu")),
        ("Lee, Ann", ("Lee, Ann",)),
        ("van der Roe, C. Q.", ("van der Roe, C. Q.",)),
        ("Mononym, Ann Lee", ("Mononym", "Ann Lee")),
        ("Lee, A., Wu, B. Q.", ("Lee, A.", "Wu, B. Q.")),
        ("Ana Agüera y Arcas, John W. Roe III and Mononym", ("Ana Agüera y Arcas", "John W. Roe III", "Mononym")),
        ("MAP 3D Team, o9 contributors", ("MAP 3D Team", "o9 contributors")),
        ("Bo Wu, PhD, Ann Lee", ("Bo Wu, PhD", "Ann Lee")),
        ("  ", ()),
    ],
)
def test_split_byline(byline: str, names: tuple[str, ...]) -> None:
    assert split_byline(byline) == names


@pytest.mark.parametrize(
    "byline",
    [
        "Mononym",
        "Ana Agüera y Arcas",
        "J. P. van der Berg",
        "jo lee",
        "王芳",
        "Ann Lee · bo wu",
        "Ann Lee ⋅ Bo Wu ⋅",
        "Ann Lee, Bo Wu, Cy Roe",
        "Siobhan O’Neil-Šik",
        "Da JU",
        "In So Kim",
        "Snow A",
    ],
)
def test_bylines_are_recognised(byline: str) -> None:
    assert looks_like_byline(byline)


@pytest.mark.parametrize(
    "paragraph",
    [
        "We study nets. They work.",
        "Learning to Count with Nets",
        "A Theory of Nets",
        "TBD",
        "Q&A",
        "Nets 2.0",
        "An inner product a · b is taken over long sequences of sentences, which nobody would mistake for names.",
        "Recently, nets have become popular, and they are now used everywhere.",
        "",
    ],
)
def test_other_paragraphs_are_not_bylines(paragraph: str) -> None:
    assert not looks_like_byline(paragraph)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        (r"Alfr\'ed {\L}ukas", "Alfréd Łukas"),
        ("Laura Leal-TaixĂ©", "Laura Leal-Taixé"),
        ("Ann Lee1", "Ann Lee"),
        ("Ann Lee1,2*", "Ann Lee"),
        ("*Ann Lee†,", "Ann Lee"),
        ("Ann Lee $^{1}$", "Ann Lee"),
        ("Wei Wu 0001", "Wei Wu 0001"),
        ("Bo Wu, Jr.", "Bo Wu, Jr."),
        ("Bo Wu, Ph.D.", "Bo Wu"),
        ("Rathi, Nitin", "Nitin Rathi"),
        ("von Neumann, John", "John von Neumann"),
        ("King, Jr., Martin L.", "Martin L. King, Jr."),
        ("King, Martin L., Jr.", "Martin L. King, Jr."),
        (r"Garc{\'\i}a M{\'a}rquez, Luc{\'\i}a", "Lucía García Márquez"),
        ("LEE, ANN", "ANN LEE"),
        ("Lee, Xiu (Ann)", "Xiu (Ann) Lee"),
        ("Lee, Ann2*", "Ann Lee"),
        ("Ann Lee, MIT", "Ann Lee, MIT"),
        ("Ann Lee, Harbour University", "Ann Lee, Harbour University"),
        ("Lanternworks Team, Meta AI", "Lanternworks Team, Meta AI"),
        ("Lee, Ann, Bo Wu", "Lee, Ann, Bo Wu"),
        (",", ","),
        ("*", "*"),
        ("Ann Lee[2]", "Ann Lee"),
        ("Ann Lee (1,2)", "Ann Lee"),
        ("Ann Lee 1,2", "Ann Lee"),
        ("Xiu (Ann) Lee", "Xiu (Ann) Lee"),
        ("MAP 3D Team", "MAP 3D Team"),
        ("o9 contributors", "o9 contributors"),
        ("Team, Lantern", "Lantern Team"),
        ("{Lantern Team}", "Lantern Team"),
        ("RenU+00E9 Roe", "René Roe"),
        (r"Ren\u00e9 Roe", "René Roe"),
        ("Ren<U+00E9> Roe", "René Roe"),
        ("Ren&#233; O&#39;Roe", "René O'Roe"),
        ("Ana MarÃa Roe", "Ana María Roe"),
        ("Ana Martı́nez", "Ana Martínez"),
        ("Jos´e Roe", "José Roe"),
        ("Dr. Ann Lee", "Ann Lee"),
        ("Prof. Dr.Ann Lee", "Ann Lee"),
        ("Prof Ann Lee", "Ann Lee"),
        ("Ann Lee PhD", "Ann Lee"),
        ("Ann Lee, M.D., Ph.D.", "Ann Lee"),
        ("Md Amirul Roe", "Md Amirul Roe"),
        ("Drew Profeta", "Drew Profeta"),
        ("ANN_MARIE LEE", "ANN MARIE LEE"),
        ("Ann Lee -Roe", "Ann Lee-Roe"),
        ("Mononym .", "Mononym"),
    ],
)
def test_mend_name(printed: str, name: str) -> None:
    assert mend_name(printed) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shui YAN", "Shui Yan"),
        ("Da-Cheng Lu", "Da Cheng Lu"),
        ("J. P. Doe", "J.P. Doe"),
        ("Łukasz Bjørn-Đỗ", "Lukasz Bjorn Do"),
        ("Ann O’Neil", "Ann O'Neil"),
        ("Weiß", "Weiss"),
        ("Rathi, Nitin", "Nitin RATHI"),
        ("King, Jr., Martin L.", "Martin L. King Jr."),
        ("Müller, Zoë", "Zoe Muller"),
        ("İlker Işık", "Ilker Isik"),
        ("René", "Rene\u0301"),
        ("Ann_Marie Lee", "ANN-MARIE LEE"),
        ("Dr. Ann Lee", "Ann Lee, PhD"),
        ("JosÃ© Roe", "Jos´e ROE"),
        ("Ann\u00a0 Lee\u200e", "Ann Lee"),
    ],
)
def test_one_person_has_one_form(one: str, other: str) -> None:
    assert name_form(one) == name_form(other)


def test_initials_and_other_people_differ() -> None:
    names = [
        "J. Doe",
        "Jane Doe",
        "Jane Q. Doe",
        "Jane Doe 0002",
        "Jan Edoe",
        "Ja-Ne Doe",
        "王芳",
        "王方",
        "が",
        "か",
        ".",
    ]
    assert len({name_form(name) for name in names}) == len(names)


@given(st.text(min_size=1))
def test_form_is_never_empty(name: str) -> None:
    assert name_form(name)


@pytest.mark.parametrize(
    ("best", "worse"),
    [
        ("Shui Yan", "Shui YAN"),
        ("Da Ju", "Da JU"),
        ("Ann Lee", "ann lee"),
        ("René Doe", "Rene Doe"),
        ("J. Doe", "J Doe"),
        ("Ann McRoe", "Ann Mcroe"),
        ("Hal Roe III", "Hal Roe Iii"),
    ],
)
def test_rank(best: str, worse: str) -> None:
    assert max([worse, best], key=name_rank) == best


@given(st.text(alphabet="AaBé,. 1*{}\\", min_size=1))
def test_mending_twice_changes_nothing_more(name: str) -> None:
    assert mend_name(mend_name(mend_name(name))) == mend_name(mend_name(name))


def test_rank_does_not_depend_on_order() -> None:
    spellings = ["Ann ROE", "Ann Roe", "ann roe", "Ann Roé"]
    assert {max(order, key=name_rank) for order in permutations(spellings)} == {"Ann Roé"}
