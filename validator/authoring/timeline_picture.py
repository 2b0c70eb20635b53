"""The timeline as a picture, by altair and vl-convert; both come with the extra `reports` and are loaded only here."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from validator.authoring.explain.course_explanation import STATUSES
from validator.authoring.rule_timeline import COLUMN_NAMES, Span
from validator.support.atomic_files import write_atomically
from validator.support.errors import UserError

ENDINGS = (".svg", ".png")
_LOCALE: Final = "da-DK"
_COLORS = {"afgjort": "#1b6ca8", "under afklaring": "#b35f00", "ubekræftet": "#5f6b76"}  # white text can be read on them
_YEAR = datetime.timedelta(days=366)
_ROW, _WIDTH = 26, 760  # points
_SCALE = 2


class PictureError(UserError):
    """The picture cannot be drawn; the text says what to do."""


def draw(spans: Iterable[Span], title: str, day: datetime.date, path: Path) -> None:
    """Writes the timeline as SVG or PNG, by the ending of the path; `day` is marked. Raises PictureError or OSError."""
    if path.suffix.lower() not in ENDINGS:
        raise PictureError(f"billedet kan gemmes som {' eller '.join(ENDINGS)}, ikke som {path.name}")
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise PictureError('billedet kræver tilvalget "reports". Kør: pip install "kodevagt[reports]"') from error
    spec = _chart(altair, list(spans), title, day).to_dict()
    if path.suffix.lower() == ".svg":
        content = vl_convert.vegalite_to_svg(spec, time_format_locale=_LOCALE).encode()
    else:
        content = vl_convert.vegalite_to_png(spec, scale=_SCALE, time_format_locale=_LOCALE)
    write_atomically(path, content)


def _chart(altair: Any, spans: list[Span], title: str, day: datetime.date) -> Any:
    starts = [span.start for span in spans if span.start] or [day]
    ends = [span.end for span in spans if span.end]
    first = _moved(min(*starts, day), -_YEAR / 6)
    last = _moved(max(*starts, *ends, day), _YEAR)
    rows = [_row(span, first, last) for span in spans]
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
            scale=altair.Scale(domain=list(_COLORS), range=list(_COLORS.values())),
            legend=altair.Legend(orient="top"),
        ),
    )
    words = base.mark_text(align="left", dx=6, color="white", fontWeight="bold", clip=True).encode(text="short:N")
    open_ended = (
        base.transform_filter("datum.open").mark_text(align="right", dx=-4, color="white").encode(x="to:T", text=altair.value("→"))
    )
    today = altair.Chart(altair.Data(values=[{"day": str(day)}])).mark_rule(color="#b00020", strokeDash=[4, 3], size=1.5)
    chart = altair.layer(bars, today.encode(x="day:T"), words, open_ended)
    heading = altair.TitleParams(title, subtitle=f"Den stiplede linje er {day:%d.%m.%Y}. → betyder: indtil videre.", anchor="start")
    return chart.properties(width=_WIDTH, height=_ROW * max(len(order), 1), title=heading)


def _row(span: Span, first: datetime.date, last: datetime.date) -> dict[str, Any]:
    name = span.title if span.column in ("main_diagnosis", "referral", "rule") else f"{span.title}: {COLUMN_NAMES[span.column]}"
    specialty = f"{', '.join(span.specialties)} · " if span.specialties else ""
    return {
        "row": f"{specialty}{name}",
        "from": str(span.start or first),
        "to": str(_moved(span.end, datetime.timedelta(days=1)) if span.end else last),
        "open": span.end is None,
        "short": span.short if span.subject == "course" else "",
        "status": STATUSES[span.status],
    }


def _moved(day: datetime.date, by: datetime.timedelta) -> datetime.date:
    """Another day, as far as there are any."""
    try:
        return day + by
    except OverflowError:
        return day
