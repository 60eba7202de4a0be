"""The project as a whole: documentation that cannot drift, and a wheel with everything in it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
import typer.main

import api
import graph
import viz
from api.addresses import ADDRESSES
from graph.cli import app
from graph.queries import Catalogue
from graph.settings import Settings

ROOT = Path(__file__).parent.parent


def generator() -> ModuleType:
    specification = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_reference_is_up_to_date() -> None:
    pages: dict[str, str] = generator().pages()
    for name, text in pages.items():
        written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert written == text, f"docs/reference/{name} is not up to date: run `make docs`"
    assert {path.name for path in (ROOT / "docs" / "reference").iterdir()} == set(pages)


def test_nothing_is_missing_in_the_reference() -> None:
    pages: dict[str, str] = generator().pages()
    for query in Catalogue():
        assert f"## {query.name}\n" in pages["queries.md"]
        for parameter in query.parameters:
            assert f"`{parameter.name}`" in pages["queries.md"]
    for address in ADDRESSES:
        assert f"`{address.template}`" in pages["queries.md"]
    for setting in Settings.model_fields:
        assert f"`INQUIRY_{setting.upper()}`" in pages["settings.md"]
    for command in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        assert f"## inquiry {command}" in pages["commands.md"]


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_the_packages_come_from_one_place() -> None:
    places = {Path(str(module.__file__)).parent.parent for module in (graph, api, viz)}
    assert len(places) == 1


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    code = (
        "import os; os.chdir(" + repr(str(ROOT)) + "); from hatchling.build import build_wheel; "
        "print(build_wheel(" + repr(str(folder)) + "))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=dict(os.environ))
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_code_queries_seeds_and_locks(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (path for kind in ("py", "cypher", "json", "yaml") for path in ROOT.glob(f"graph/**/*.{kind}")):
        assert str(path.relative_to(ROOT)) in names
    for path in ROOT.glob("seeds/**/*.yaml"):
        assert f"graph/{path.relative_to(ROOT)}" in names
    assets = [path for path in ROOT.glob("viz/assets/*") if path.is_file()]
    assert {path.suffix for path in assets} == {".css", ".html", ".js"}
    assert {str(path.relative_to(ROOT)) for path in assets} <= names
    assert {"api/__init__.py", "viz/__init__.py", "graph/py.typed"} <= names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "benchmarks/"))]


@pytest.mark.fuzz
def test_a_bare_install_checks_the_seeds(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel)], check=True)
    inquiry = tmp_path / "venv" / "bin" / "inquiry"
    result = subprocess.run([str(inquiry), "check"], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (result.returncode, "nothing to complain of" in result.stdout) == (0, True), result.stderr
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")}
    bare = subprocess.run(
        [str(inquiry), "up"], capture_output=True, text=True, cwd=tmp_path, check=False,
        env={**kept, "INQUIRY_DATA_DIR": str(tmp_path / "data"), "INQUIRY_CACHE_DIR": str(tmp_path / "cache")},
    )  # fmt: skip
    assert bare.returncode == 1
    assert "inquiry-graph[local]" in bare.stderr
