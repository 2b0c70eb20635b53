"""The layout of the package: layers, circles, the longest chain of imports, unique names, and the document that describes it."""

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph

from tests.conftest import ROOT

PACKAGE = ROOT / "validator"
FILES = [path for path in PACKAGE.rglob("*.py") if "bundled" not in path.parts]
LONGEST_CHAIN = 16  # modules
MOST_AT_THE_TOP = 6  # modules directly in the package
DEVELOPMENT = (ROOT / "docs" / "development.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    return build_graph("validator")


def test_imports_run_one_way_between_layers() -> None:
    # In a process of its own: import-linter disables the loggers of the process that calls it.
    command = [Path(sys.executable).with_name("lint-imports"), "--config", "setup.cfg", "--no-cache"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def test_no_modules_import_each_other(graph: ImportGraph) -> None:
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle


def test_the_longest_chain_of_imports_is_short(graph: ImportGraph) -> None:
    @cache
    def chain(module: str) -> tuple[str, ...]:
        below = map(chain, graph.find_modules_directly_imported_by(module))
        return (module, *max(below, key=len, default=()))

    longest = max(map(chain, graph.modules), key=len)
    assert len(longest) <= LONGEST_CHAIN, "\n".join(longest)


def test_a_class_name_is_used_once() -> None:
    names = Counter(
        node.name
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_few_modules_are_directly_in_the_package() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_AT_THE_TOP


def test_the_document_of_the_layout_names_every_package_and_module() -> None:
    rows = re.findall(r"^\| `(validator/[\w/]*)` \| .+ \| (.+) \|$", DEVELOPMENT, re.MULTILINE)
    named = {package + module for package, modules in rows for module in ["", *re.findall(r"`(\w+)`", modules)]}
    there = {_name(path) for path in FILES}
    assert named - there == set(), "named, but not there"
    assert there - named == set(), "there, but not named"


def test_the_walks_name_modules_that_exist() -> None:
    """A module is named after the package where it says one, else after the one that was named before it in its row."""
    walks = DEVELOPMENT.partition("## The walk of a contact")[2].partition("## Packages")[0]
    folder = ""
    for name in re.findall(r"`([a-z][\w/]*)`", walks):
        folder = f"{name.rpartition('/')[0]}/" if "/" in name else folder
        assert (PACKAGE / folder / f"{name.rpartition('/')[2]}.py").is_file(), name


def _name(path: Path) -> str:
    """A package as a folder, a module without its ending, from the root."""
    relative = path.relative_to(ROOT)
    return f"{relative.parent}/" if path.name == "__init__.py" else str(relative.with_suffix(""))
