"""The notebook runs from top to bottom over the samples, and is kept without results."""

from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode, reads

pytestmark = pytest.mark.slow

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


def read() -> NotebookNode:
    notebook: NotebookNode = reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4)
    return notebook


def test_every_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOADER_DATABASE", raising=False)
    notebook = read()
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    printed = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))
    assert "Contrastive Learning with Crossed Views" in printed
    assert "icml-2022" in printed
    assert (tmp_path / "papers_with_code.parquet").is_file()
    assert (tmp_path / "icml-2022.bib").is_file()


def test_it_is_kept_without_results() -> None:
    cells = read().cells
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)
