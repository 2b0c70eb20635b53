"""The provenance of every file of the catalogue is documented."""

from tests.catalogue.queries import CATALOG


def test_provenance_names_every_table_and_no_other() -> None:
    text = (CATALOG / "PROVENANCE.md").read_text(encoding="utf-8")
    tables = {path.name for path in CATALOG.glob("*.csv")}
    assert {name for name in text.split("`") if name.endswith(".csv")} == tables
