"""The timeline as a picture, drawn by altair and vl-convert.

The extra `reports` installs both.
"""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from validator.authoring.explain.entry_text import status_text
from validator.authoring.rule_timeline import TimelineSpan, column_text
from validator.support.atomic_files import write_atomically
from validator.support.errors import UserError
from validator.texts import alternatives, danish_text

ENDINGS = (".svg", ".png")
_LOCALE: Final = "da-DK"
_COLORS = {"decided": "#1b6ca8", "undecided": "#b35f00", "unconfirmed": "#5f6b76"}  # dark enough for white text
_YEAR = datetime.timedelta(days=366)
_ROW_HEIGHT, _WIDTH = 26, 760  # points
_SCALE = 2


class PictureError(UserError):
    """A picture that cannot be drawn; the text says what to do."""


def draw_timeline(spans: Iterable[TimelineSpan], title: str, day: datetime.date, path: Path) -> None:
    """Write the timeline with `day` marked, as SVG or PNG by the ending of the path.

    Raises PictureError or OSError.
    """
    if path.suffix.lower() not in ENDINGS:
        raise PictureError(danish_text("authoring.picture.endings", endings=alternatives(ENDINGS, "da"), name=path.name))
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise PictureError(danish_text("authoring.picture.extra")) from error
    spec = _chart(altair, list(spans), title, day).to_dict()
    if path.suffix.lower() == ".svg":
        content = vl_convert.vegalite_to_svg(spec, time_format_locale=_LOCALE).encode()
    else:
        content = vl_convert.vegalite_to_png(spec, scale=_SCALE, time_format_locale=_LOCALE)
    write_atomically(path, content)


def _chart(altair: Any, spans: list[TimelineSpan], title: str, day: datetime.date) -> Any:
    starts = [span.start for span in spans if span.start] or [day]
    ends = [span.end for span in spans if span.end]
    first = _shift(min(*starts, day), -_YEAR / 6)
    last = _shift(max(*starts, *ends, day), _YEAR)
    rows = [_bar(span, first, last) for span in spans]
    order = list(dict.fromkeys(row["row"] for row in rows))
    domain = [str(first), str(last)]
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X(
            "from:T", title=None, scale=altair.Scale(domain=domain), axis=altair.Axis(format="%b %Y", grid=True, tickCount=10)
        ),
        y=altair.Y("row:N", title=None, sort=order, axis=altair.Axis(labelLimit=360)),
    )
    bars = base.mark_bar(height=16, cornerRadius=3).encode(
        x2="to:T",
        color=altair.Color(
            "status:N",
            title="Status",
            scale=altair.Scale(domain=[status_text(status, "da") for status in _COLORS], range=list(_COLORS.values())),
            legend=altair.Legend(orient="top"),
        ),
    )
    labels = base.mark_text(align="left", dx=6, color="white", fontWeight="bold", clip=True).encode(text="short:N")
    open_ended = (
        base.transform_filter("datum.open").mark_text(align="right", dx=-4, color="white").encode(x="to:T", text=altair.value("→"))
    )
    today = altair.Chart(altair.Data(values=[{"day": str(day)}])).mark_rule(color="#b00020", strokeDash=[4, 3], size=1.5)
    chart = altair.layer(bars, today.encode(x="day:T"), labels, open_ended)
    heading = altair.TitleParams(title, subtitle=danish_text("authoring.picture.legend", day=day), anchor="start")
    return chart.properties(width=_WIDTH, height=_ROW_HEIGHT * max(len(order), 1), title=heading)


def _bar(span: TimelineSpan, first: datetime.date, last: datetime.date) -> dict[str, Any]:
    name = span.title if span.column in ("main_diagnosis", "referral", "rule") else f"{span.title}: {column_text(span.column)}"
    specialty = f"{', '.join(span.specialties)} · " if span.specialties else ""
    return {
        "row": f"{specialty}{name}",
        "from": str(span.start or first),
        "to": str(_shift(span.end, datetime.timedelta(days=1)) if span.end else last),
        "open": span.end is None,
        "short": span.short if span.subject == "course" else "",
        "status": status_text(span.status, "da"),
    }


def _shift(day: datetime.date, by: datetime.timedelta) -> datetime.date:
    """Return a day so much later, or the same day where there is no such date."""
    try:
        return day + by
    except OverflowError:
        return day
