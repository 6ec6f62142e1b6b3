"""`kith stats`: the practice in figures, always with n."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import is_terminal, say, use_color, write
from kith.cli.writing import read_day
from kith.dates import long_date, short_date
from kith.diagnostics.report import Report, summarize
from kith.study.forecast import PACE_WEEKS
from kith.study.insights import Insights, read_insights
from kith.study.rates import TOO_FEW, Rate

FORMATS = ("table", "plain", "json", "csv")
STEPS = ("listed", "contacted", "replied", "met", "thanked")
UNKNOWN = "not noted"
_LAST_WEEKS = 12

Section = tuple[str, list[tuple[str, ...]]]


@click.command("stats", cls=Command)
@click.option("--since", metavar="DAY", help="Only people listed, messages sent and conversations held since that day.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="A table on a terminal, else plain.")
def command(since: str | None, form: str | None) -> None:
    """Show how the practice goes: from the list to a thank-you, who answers, how often you meet, how long leads last.

    Every rate comes with its number of cases and a 95 % interval; fewer than five cases are too few to tell.
    """
    root, today = find_root(), find_today()
    first = None if since is None else read_day(since, today, "back", "--since")
    reviewed = open_journal(root, today)
    insights = read_insights(reviewed.timeline, first)
    form = form or ("table" if is_terminal() else "plain")
    write(_FORMATS[form](insights))
    if reviewed.findings:
        say(f"{summarize(Report(reviewed.findings, files=len(reviewed.files)))} See kith check.")


# --- for people ------------------------------------------------------------------------------------------------------


def _sections(insights: Insights) -> Iterator[Section]:
    """The figures as titled rows."""
    yield "From the list to a thank-you (who ever got there)", _funnel_rows(insights)
    yield "Replies to first messages", [("all", *_rate_cells(insights.replies))]
    for title, rates in (
        ("by how you found them", insights.by_source),
        ("by channel", insights.by_channel),
        ("by the reason the log names", insights.by_reason),
    ):
        yield f"Replies {title}", [(name or UNKNOWN, *_rate_cells(rate)) for name, rate in rates.items()]
    yield "Conversations", _talk_rows(insights)
    yield (
        f"Week by week (the last {_LAST_WEEKS})",
        [
            (short_date(week.monday, insights.today), f"{week.written} written", f"{week.held} held")
            for week in insights.weeks[-_LAST_WEEKS:]
        ],
    )
    for title, counts in (("level", insights.levels), ("circle", insights.sources)):
        yield f"The list by {title}", [(name or UNKNOWN, str(count)) for name, count in counts.items()]
    yield "How long the list lasts", _forecast_rows(insights)


def _funnel_rows(insights: Insights) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for step in STEPS:
        led = getattr(insights.referred, step)
        rows.append((step, str(getattr(insights.funnel, step)), f"{led} of them referred"))
    return rows


def _rate_cells(rate: Rate) -> tuple[str, ...]:
    """`7 of 12`, `58 %, 32 to 81`, `median 3 days`."""
    days = (
        "" if rate.median_days is None else f"median {rate.median_days:g} {'day' if rate.median_days == 1 else 'days'}"
    )
    return (f"{rate.hits} of {rate.n}", percent(rate), days)


def percent(rate: Rate) -> str:
    """The share and its interval in per cent, or that there are too few to tell."""
    if not rate.is_telling or rate.share is None:
        return "too few to tell"
    low, high = rate.interval
    return f"{100 * rate.share:.0f} % ({100 * low:.0f} to {100 * high:.0f})"


def _talk_rows(insights: Insights) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("held", str(insights.held))]
    if insights.per_week is not None:
        weeks = len(insights.weeks)
        rows.append(("a week", f"{insights.per_week:.1f}", f"over {weeks} week{'s' if weeks > 1 else ''}"))
    if insights.median_minutes is not None:
        known = len(insights.minutes)
        rows.append(("minutes, median", f"{insights.median_minutes:g}", f"of {known} with both minutes noted"))
        rows.append(("longer than agreed", f"{insights.over_time} of {known}"))
    return rows


def _forecast_rows(insights: Insights) -> list[tuple[str, ...]]:
    forecast = insights.forecast
    rows: list[tuple[str, ...]] = [("leads left", str(len(forecast.leads)), f"{forecast.reserve} are the least")]
    if forecast.weeks is not None:
        weeks = round(forecast.weeks)
        asked = f"{forecast.asked} asked in the last {PACE_WEEKS} weeks"
        rows.append(("they last", f"{weeks} week{'' if weeks == 1 else 's'}", asked))
    return [*rows, *((detail,) for detail in forecast.details)]


def _to_plain(insights: Insights) -> str:
    lines = [_title(insights)]
    for title, rows in _sections(insights):
        if not rows:
            continue
        columns = max(map(len, rows))
        widths = [max((len(row[i]) for row in rows if len(row) > i + 1), default=0) for i in range(columns)]
        lines += ["", title]
        for row in rows:
            lines.append("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip())
    return "".join(f"{line}\n" for line in lines)


def _title(insights: Insights) -> str:
    since = f", since {long_date(insights.since)}" if insights.since is not None else ""
    return f"As of {long_date(insights.today)}{since}"


def _to_table(insights: Insights) -> str:
    from shutil import get_terminal_size

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    color, width = use_color(), min(get_terminal_size().columns, 100)
    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(Text(_title(insights), "bold"))
        for title, rows in _sections(insights):
            if rows:
                table = Table(title=title, title_justify="left", title_style="bold", show_header=False, box=None)
                for row in rows:
                    table.add_row(*(Text(cell) for cell in row))
                console.print()
                console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


# --- for programs ----------------------------------------------------------------------------------------------------


def _to_json(insights: Insights) -> str:
    import json

    value = {
        "version": 1,
        "today": insights.today.isoformat(),
        "since": insights.since.isoformat() if insights.since is not None else None,
        "funnel": {step: getattr(insights.funnel, step) for step in STEPS},
        "referred": {step: getattr(insights.referred, step) for step in STEPS},
        "replies": _rate_object(insights.replies),
        "replies_by": {
            name: [{name: key or None, **_rate_object(rate)} for key, rate in rates.items()]
            for name, rates in _rates_by(insights).items()
        },
        "weeks": [
            {"monday": week.monday.isoformat(), "written": week.written, "held": week.held} for week in insights.weeks
        ],
        "held": insights.held,
        "held_per_week": insights.per_week,
        "minutes": [{"meeting": one.meeting, "agreed": one.agreed, "took": one.took} for one in insights.minutes],
        "list": {
            "level": [{"level": name or None, "n": count} for name, count in insights.levels.items()],
            "source": [{"source": name or None, "n": count} for name, count in insights.sources.items()],
        },
        "forecast": {
            "leads": [contact.id for contact in insights.forecast.leads],
            "reserve": insights.forecast.reserve,
            "asked_in_8_weeks": insights.forecast.asked,
            "weeks_left": insights.forecast.weeks,
            "untried": list(insights.forecast.untried),
            "never_asked_for_names": [contact.id for contact in insights.forecast.unasked],
            "not_followed": [named.name for named in insights.forecast.unfollowed],
        },
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _rates_by(insights: Insights) -> Mapping[str, Mapping[str, Rate]]:
    return {"source": insights.by_source, "channel": insights.by_channel, "reason": insights.by_reason}


def _rate_object(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {
        "hits": rate.hits,
        "n": rate.n,
        "share": round(rate.share, 4) if rate.share is not None else None,
        "low": round(low, 4),
        "high": round(high, 4),
        "enough_to_tell": rate.n >= TOO_FEW,
        "median_days": rate.median_days,
    }


def _to_csv(insights: Insights) -> str:
    from kith.formats.spreadsheet import write_rows

    rows: list[tuple[str, ...]] = []
    for step in STEPS:
        rows.append(("funnel", step, str(getattr(insights.funnel, step)), "", "", "", "", ""))
        rows.append(("referred", step, str(getattr(insights.referred, step)), "", "", "", "", ""))
    for group, rates in {"all": {"all": insights.replies}, **_rates_by(insights)}.items():
        rows += [
            _rate_row(f"replies by {group}" if group != "all" else "replies", name, rate)
            for name, rate in rates.items()
        ]
    for week in insights.weeks:
        rows.append(("written", week.monday.isoformat(), str(week.written), "", "", "", "", ""))
        rows.append(("held", week.monday.isoformat(), str(week.held), "", "", "", "", ""))
    for name, counts in (("level", insights.levels), ("source", insights.sources)):
        rows += [(name, key or UNKNOWN, str(count), "", "", "", "", "") for key, count in counts.items()]
    columns = ("figure", "of", "count", "n", "share", "low", "high", "median days")
    return write_rows(columns, rows)


def _rate_row(figure: str, name: str, rate: Rate) -> tuple[str, ...]:
    value = _rate_object(rate)
    cells = (value[key] for key in ("n", "share", "low", "high", "median_days"))
    return (figure, name or UNKNOWN, str(rate.hits), *("" if cell is None else f"{cell:g}" for cell in cells))


_FORMATS: Mapping[str, Callable[[Insights], str]] = {
    "table": _to_table,
    "plain": _to_plain,
    "json": _to_json,
    "csv": _to_csv,
}
