"""What BibTeX itself makes of a bibliography of ours: the surnames, groups and years that a paper would print."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from programme.export.text_files import write_references
from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest

STATED = r"""
@inproceedings{names, title = {Names That Travel in {LaTeX} and BERT}, year = 2024,
  author = {Orne, Mei-lin and Solís Arroyo, Inés and van der Wolde, Lotte and Hale, Jr., Wren and {Lantern Team} and
            {The Harbour Collaboration} and Lima e Castro, Rui and de la Vega, Noa and others},
  booktitle = {Proceedings of the 41st International Conference on Machine Learning}}
@article{quiet, title = {A Year Without a Venue}, author = {Moss, Ada}, year = 2021,
  journal = {Annals of Quiet Harbours}}
@misc{only, title = {Only a Year}, author = {Fen, Bo}, year = {2019}}
"""
PLAIN = r"""
Bo~Fen.
\newblock Only a year, 2019.

Ada Moss.
\newblock A year without a venue.
\newblock {\em Annals of Quiet Harbours}, 2021.

Mei-lin Orne, Inés Solís~Arroyo, Lotte van~der Wolde, Wren Hale, Jr.,
  {Lantern Team}, {The Harbour Collaboration}, Rui Lima~e Castro, Noa de~la
  Vega, et~al.
\newblock Names that travel in {LaTeX} and {BERT}.
\newblock In {\em Proceedings of the 41st International Conference on Machine
  Learning}, 2024.
"""
ABBREVIATED = r"""
B.~Fen.
\newblock Only a year, 2019.

A.~Moss.
\newblock A year without a venue.
\newblock {\em Annals of Quiet Harbours}, 2021.

M.-l. Orne, I.~Solís~Arroyo, L.~van~der Wolde, W.~Hale, Jr., {Lantern Team},
  {The Harbour Collaboration}, R.~Lima~e Castro, N.~de~la Vega, et~al.
\newblock Names that travel in {LaTeX} and {BERT}.
\newblock In {\em Proceedings of the 41st International Conference on Machine
  Learning}, 2024.
"""


@pytest.fixture(scope="module")
def program() -> str:
    """BibTeX."""
    found = shutil.which("bibtex")
    if found is None:
        reason = "no bibtex on this machine; `apt-get install texlive-binaries texlive-base` brings it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.mark.parametrize(("style", "bibliography"), [("plain", PLAIN), ("abbrv", ABBREVIATED)], ids=["plain", "abbrv"])
def test_bibtex_prints_the_right_names(tmp_path: Path, program: str, style: str, bibliography: str) -> None:
    database = str(tmp_path / "papers.db")
    with closing(open_database(database, create=True)) as connection:
        list(ingest(connection, [Document.of("test:stated.bib", STATED.encode())]))
    write_references(database, tmp_path / "papers.bib", "bibtex")
    aux = tmp_path / "cited.aux"
    aux.write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{papers}}\n")
    subprocess.run([program, "-terse", "cited"], cwd=tmp_path, check=True, timeout=60, capture_output=True)
    printed = aux.with_suffix(".bbl").read_text(encoding="utf-8").splitlines()
    entries = [line for line in printed if not line.startswith(("\\bibitem", "\\begin", "\\end"))]
    assert "\n".join(entries).strip() == bibliography.strip()
