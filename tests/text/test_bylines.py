import pytest

from programme.loaders.text.bylines import looks_like_byline, split_byline


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ann Lee · Bo Wu · Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee ⋅ Bo Wu ⋅", ("Ann Lee", "Bo Wu")),
        ("Ann Lee ⋅ Bo Wu ⋅\nCy\nRoe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee · Bo Wu ⋅ Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee·Bo Wu ·Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("· Ann Lee · Bo Wu ·", ("Ann Lee", "Bo Wu")),
        ("Ann Lee • Bo Wu", ("Ann Lee", "Bo Wu")),
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
        ("Ann Lee ; ; Bo Wu;;", ("Ann Lee", "Bo Wu")),
        ("Ann Lee|Bo Wu|", ("Ann Lee", "Bo Wu")),
        ("Ann Lee || Bo Wu", ("Ann Lee", "Bo Wu")),
        ("Ann Lee,, Bo Wu,", ("Ann Lee", "Bo Wu")),
        ("Ann Lee, Bo Wu, ...", ("Ann Lee", "Bo Wu")),
        ("Ann Lee & Bo Wu", ("Ann Lee", "Bo Wu")),
        ("ANN LEE AND BO WU", ("ANN LEE", "BO WU")),
        ("Ann Lee; Bo Wu and Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee; Bo Wu; and Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Lee, Ann; Wu, Bo and Roe, Cy", ("Lee, Ann", "Wu, Bo", "Roe, Cy")),
        ("Ann Lee; Search and Rescue Team", ("Ann Lee", "Search and Rescue Team")),
        ("王芳, 李安", ("王芳", "李安")),
        ("王芳、李安", ("王芳", "李安")),
        ("Ann Lee，Bo Wu、Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee, Bo Wu, Ann Lee, Bo Wu", ("Ann Lee", "Bo Wu")),
        ("Ann Lee · Bo Wu\nAnn Lee · Bo Wu", ("Ann Lee", "Bo Wu")),
        ("Ann Lee ⋅ Bo Wu ⋅ Ann Lee ⋅ Bo Wu ⋅", ("Ann Lee", "Bo Wu")),
        ("Ann Lee, Bo Wu, Ann Lee", ("Ann Lee", "Bo Wu", "Ann Lee")),
        ("Jing Jing", ("Jing Jing",)),
        ("Ann Lee1, Bo Wu2, and Cy Roe1,2", ("Ann Lee1", "Bo Wu2", "Cy Roe1")),
        ("Ann Lee[1], Bo Wu[1,2]", ("Ann Lee", "Bo Wu")),
        ("Ann Lee (1), Bo Wu (2, 3)", ("Ann Lee", "Bo Wu")),
        ("Ann Lee¹ Bo Wu²,³ Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee¹, Bo Wu² and Cy Roe¹,²", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("Ann Lee$^1$, Bo Wu$^{2,3}$", ("Ann Lee", "Bo Wu")),
        ("Ann Lee*, Bo Wu†", ("Ann Lee*", "Bo Wu†")),
        (r"Beno\^{i}t Lee, Bo Wu", (r"Beno\^{i}t Lee", "Bo Wu")),
        ("Ann Lee (MIT), Bo Wu (CMU, USA)", ("Ann Lee (MIT)", "Bo Wu (CMU, USA)")),
        ("Ren&eacute; Roe; Bo Wu", ("René Roe", "Bo Wu")),
        ("Ann Lee, Bo Wu et al.", ("Ann Lee", "Bo Wu")),
        ("Ann Lee and Bo Wu and others", ("Ann Lee", "Bo Wu")),
        ("Lee, Ann", ("Lee, Ann",)),
        ("van der Roe, C. Q.", ("van der Roe, C. Q.",)),
        ("Roe, P R", ("Roe, P R",)),
        ("Roe, ANN", ("Roe, ANN",)),
        ("Roe, Ann(Annie)", ("Roe, Ann(Annie)",)),
        ("Roe, Ann (Annie)", ("Roe, Ann (Annie)",)),
        ("Roe III, John W.", ("Roe III, John W.",)),
        ("Roe, John W., III", ("Roe, John W., III",)),
        ("de la Cruz Roe, Ana María and O'Neil, Bo", ("de la Cruz Roe, Ana María", "O'Neil, Bo")),
        ("Roe, John W., III and Lee, Ann", ("Roe, John W., III", "Lee, Ann")),
        ("John W. Roe, III, Bo Wu, Jr", ("John W. Roe, III", "Bo Wu, Jr")),
        ("Lee, A, Wu, B Q", ("Lee, A", "Wu, B Q")),
        ("Mononym, Ann Lee", ("Mononym", "Ann Lee")),
        ("Lee, A., Wu, B. Q.", ("Lee, A.", "Wu, B. Q.")),
        ("Ana Agüera y Arcas, John W. Roe III and Mononym", ("Ana Agüera y Arcas", "John W. Roe III", "Mononym")),
        ("MAP 3D Team, o9 contributors", ("MAP 3D Team", "o9 contributors")),
        ("MAP 3D Team · Mononym · o9 contributors", ("MAP 3D Team", "Mononym", "o9 contributors")),
        ("Ann Lee, Bo Wu and 12 others", ("Ann Lee", "Bo Wu")),
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
        "Mononym · Bo Wu ·",
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
