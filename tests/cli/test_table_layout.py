"""Tables show whole words in narrow and in wide terminals."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.stores import make_store
from validator.cli.main import main
from validator.cli.table_layout import column_widths

CONTACT = {
    "encounter": {
        "date": "2025-10-14",
        "specialty": "51",
        "course": "artrose-knae",
        "diagnoses": [{"code": "L92"}, {"code": "A97", "role": "main"}, {"code": "M17.1", "system": "icd-10"}],
    }
}
TABLES = [
    ["catalog", "search", "smerter i lænd og hofte med udstråling"],
    ["catalog", "editions"],
    ["keys", "list"],
    ["audit", "list"],
    ["rules", "releases"],
    ["rules", "timeline"],
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return the environment of a store with keys and a published release."""
    folder = tmp_path_factory.mktemp("store")
    environment = {"KODEVAGT_DATABASE": str(make_store(folder / "kodevagt.db"))}
    for name in ("journalsystemet-i-fysioterapiklinikken", "den regionale integrationsplatform"):
        run(["keys", "add", "--role", "practice", "--name", name], environment, 120)
    run(["rules", "publish", "ekm-2024-11", "--note", "Den første udgave med kodningsvejledningens forløb"], environment, 120)
    return environment


def run(words: list[str], environment: Mapping[str, str], width: int, exit_codes: tuple[int, ...] = (0,)) -> Result:
    result = CliRunner().invoke(main, words, env={**environment, "COLUMNS": str(width)})
    assert result.exit_code in exit_codes, result.output
    return result


def words_of(text: str) -> set[str]:
    return {word for word in text.replace("│", " ").replace("┃", " ").split() if any(map(str.isalnum, word))}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_no_word_of_a_table_is_cut(words: list[str], width: int, store: Mapping[str, str]) -> None:
    wide = run(words, store, 1000).stdout
    assert "┏" in wide
    values = words_of("\n".join(line for line in wide.splitlines() if "┃" not in line))  # headings without values may be left out
    shown = run(words, store, width).stdout
    narrow = {word.removesuffix(":") for word in words_of(shown)}
    assert sorted({word.removesuffix(":") for word in values} - narrow) == []
    if "┏" in shown:
        assert max(map(len, shown.splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_no_word_of_a_finding_is_cut(width: int, store: Mapping[str, str], tmp_path: Path) -> None:
    file = tmp_path / "kontakt.json"
    file.write_text(json.dumps(CONTACT), encoding="utf-8")
    answer = json.loads(run(["validate", str(file), "--format", "json"], store, width, (1,)).stdout)
    shown = words_of(run(["validate", str(file)], store, width, (1,)).stdout)
    assert answer["findings"]
    for finding in answer["findings"]:
        assert words_of(f"{finding['path']} {finding['rule']} {finding['message']}") <= shown


@pytest.mark.parametrize("width", [80, 120])
def test_no_word_of_an_impact_is_cut(width: int, store: Mapping[str, str], tmp_path: Path) -> None:
    file = tmp_path / "kontakter.ndjson"
    file.write_text(json.dumps(CONTACT) + "\n", encoding="utf-8")
    words = ["rules", "impact", "ekm-2025-06", "--against", "ekm-2024-11", "--on", str(file)]
    assert words_of(run(words, store, 1000).stdout) <= words_of(run(words, store, width).stdout)


def test_columns_share_what_is_left() -> None:
    assert column_widths([["a"], ["bb bb bb"], ["ccc ccc ccc ccc"]], [False] * 3, 40) == [1, 8, 15]
    assert column_widths([["a"], ["bb bb bb"], ["ccc ccc ccc ccc"]], [False] * 3, 28) == [1, 8, 9]
    assert column_widths([["a"], ["bb bb bb"], ["ccc ccc ccc ccc"]], [False, True, False], 22) == [1, 8, 3]
    assert column_widths([["a"], ["bb bb bb"], ["ccc ccc ccc ccc"]], [False, True, False], 21) is None
