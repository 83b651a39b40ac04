"""What a figure without a time of its own carries on with: the topic's period, the data year, the leading stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.annotate import dates
from extract.annotate.year import Times as Calendar
from extract.records import Mention, Period
from extract.relate.discourse import Topic
from extract.relate.draft import Draft


@dataclass(frozen=True, slots=True)
class Context:
    """What a figure's time can be carried from.

    Attributes
    ----------
    topic
        The topic before the sentence.
    lead, bracketed
        The times of the lead-in of the list; the one whose numbers the lead-in puts in brackets.
    calendar
        The release's times and data year.
    continues
        Whether the sentence goes on with the unit of the last figure.
    previous
        The figure before it in the sentence.
    main, fieldwork
        The period of the release's leading figure; when its survey was made.
    """

    topic: Topic
    lead: Sequence[Mention]
    bracketed: Mention | None
    calendar: Calendar
    continues: bool
    previous: Draft | None
    main: Period | None = None
    fieldwork: Period | None = None

    @property
    def data_year(self) -> Period | None:
        """The data year of the release."""
        return self.calendar.data_year

    def carried(self, source: str = "") -> tuple[Period | None, str]:
        """Return the period that a figure without a time has, with the rule's id; ``source`` tells whose it is."""
        period = self.topic.period
        year = self.data_year
        if self.main is not None and _is_longer(self.main, year):
            year = self.main  # the release is on a longer stretch
        elif self.main and year and self.main[1] > year[1] and dates.months_in(self.main) <= 12:
            year = self.main  # the release is on months after its last full year
        elif self.main and year and _within(self.main, year) and year[1] not in self.calendar.printed_ends:
            year = self.main  # the release is on months of a year that it never tells as a whole
        older = (
            period is not None
            and year is not None
            and period != year
            and (
                (period[1] < year[1] and (dates.months_in(period) == 12 or period[0] == period[1]))
                or (_within(period, year) and period != self.main)
                or _is_earlier(period, self.main)
            )
        )
        if older and not self.continues and not (source == self.topic.source == "register"):
            return year, "period.data-year"
        theme = self.topic.theme
        if older and period and theme is not None and theme[1] > period[1] and dates.months_in(theme) >= 12:
            return theme, "period.theme"
        if period is not None and period[0] == period[1] and source in ("helpline", "police"):
            # A register's day dates no service's figures.
            return dates.ending(period[1], 12), "period.year-to-the-day"
        if period is not None:
            return period, "period.carried"
        if self.lead:
            return self.lead[-1].value, "period.lead-in"
        return (year, "period.data-year") if year is not None else (None, "period.unknown")


def _is_earlier(period: Period, main: Period | None) -> bool:
    """Tell whether a period of months lies before the leading figure's months: what that was compared with."""
    return main is not None and period[1] < main[1] and dates.months_in(period) <= 12 and dates.months_in(main) <= 12


def _within(part: Period, whole: Period) -> bool:
    """Tell whether a shorter stretch lies in a longer one."""
    return (
        dates.months_in(whole) >= 3
        and dates.months_in(part) < min(12, dates.months_in(whole))
        and whole[0] <= part[0]
        and part[1] <= whole[1]
    )


def _is_longer(main: Period, year: Period | None) -> bool:
    """Tell whether the leading figure's period is a stretch of up to two years that holds the data year."""
    if not 12 < dates.months_in(main) <= 24:
        return False
    return year is None or (main[0] <= year[0] and year[1] <= main[1])
