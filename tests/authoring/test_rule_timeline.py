"""The timeline: each entry ends the day before the next one begins, and the picture shows all of them."""

import datetime
import sys
from pathlib import Path

import pytest

from tests.rulebook.rule_folder import RuleFolder
from validator.authoring.rule_timeline import TimelineSpan, build_timeline
from validator.authoring.timeline_picture import PictureError, draw_timeline
from validator.rulebook.release import Release

DAY = datetime.date(2026, 6, 1)
NOTE = '        note: {da: "Under afklaring.", en: "Undecided."}\n'
LATER = "      - {from: 2026-07-01, codes: [L03], status: decided, source: moede, to: 2026-12-31}\n"


def spans(folder: RuleFolder) -> list[TimelineSpan]:
    return build_timeline(folder.release())


def test_every_entry_has_a_span_in_the_order_of_courses(folder: RuleFolder) -> None:
    assert [(span.id, span.column, str(span.start), span.end, span.short) for span in spans(folder)] == [
        ("laenderyg", "main_diagnosis", "2025-10-01", None, "L84, L86"),
        ("parkinson", "referral", "2025-01-01", None, "DG20"),
        ("parkinson", "phases", "2025-01-01", None, "1–5"),
        ("parkinson", "services", "2025-01-01", None, ""),
    ]


def test_an_entry_ends_where_the_next_begins(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", NOTE, NOTE + LATER)
    first, second = spans(folder)[:2]
    assert (str(first.start), str(first.end), first.text, first.status) == (
        "2025-10-01",
        "2026-06-30",
        "hoveddiagnose L84 eller L86",
        "undecided",
    )
    assert (str(second.start), str(second.end), second.status) == ("2026-07-01", "2026-12-31", "unconfirmed")
    assert [span.is_in_force(DAY) for span in (first, second)] == [True, False]
    assert [span.is_in_force(datetime.date(2026, 7, 1)) for span in (first, second)] == [False, True]


def test_a_rule_with_dates_has_a_span(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "    source: moede\n", '    source: moede\n    from: 2026-01-01\n    specialty: "62"\n')
    (span,) = (span for span in spans(folder) if span.subject == "rule")
    assert (span.id, str(span.start), span.end, span.specialties) == ("dk.restkode", "2026-01-01", None, ("62",))
    assert span.to_json(DAY)["in_force"] is True


def test_the_status_is_no_more_certain_than_the_source(release: Release) -> None:
    by_course = {span.id: span.status for span in build_timeline(release) if span.column == "main_diagnosis"}
    assert by_course["lumbal-stenose"] == "undecided"
    assert by_course["artrose-knae"] == "unconfirmed"


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("SVG", b"<svg")])
def test_the_picture_has_every_course(ending: str, start: bytes, release: Release, tmp_path: Path) -> None:
    path = tmp_path / f"tidslinje.{ending}"
    draw_timeline(build_timeline(release), "Hvad gælder hvornår", DAY, path)
    content = path.read_bytes()
    assert content.startswith(start)
    if start == b"<svg":
        text = content.decode()
        assert all(course.title["da"] in text for course in release.courses.values())
        assert "L84, L86, L03" in text
        assert "01.06.2026" in text
        assert "jan 2026" in text


def test_the_picture_can_have_the_first_and_the_last_date(folder: RuleFolder, tmp_path: Path) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", "from: 0001-01-01\n        to: 9999-12-31")
    draw_timeline(spans(folder), "Alt", DAY, tmp_path / "a.svg")
    assert (tmp_path / "a.svg").stat().st_size


def test_a_release_without_courses_has_a_picture_too(tmp_path: Path) -> None:
    draw_timeline([], "Intet", DAY, tmp_path / "a.svg")
    assert "Intet" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_picture_that_cannot_be_drawn_is_refused_with_a_hint(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PictureError, match=r"\.svg eller \.png"):
        draw_timeline(build_timeline(release), "", DAY, tmp_path / "a.gif")
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(PictureError, match=r'pip install "kodevagt\[reports\]"'):
        draw_timeline(build_timeline(release), "", DAY, tmp_path / "a.svg")
