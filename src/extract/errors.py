"""Errors that name the file, the place and the mend."""

from __future__ import annotations

from pathlib import Path


class ExtractError(Exception):
    """An expected failure, told to the user in one line.

    Parameters
    ----------
    where
        The file (or ``file:line``) that is at fault; ``None`` where no file is.
    problem
        What is wrong, as a clause without a full stop.
    mend
        What the user can do about it, as a clause without a full stop.
    """

    def __init__(self, where: str | Path | None, problem: str, mend: str) -> None:
        self.where = None if where is None else str(where)
        self.problem = problem
        self.mend = mend
        super().__init__(self.where, problem, mend)

    def __str__(self) -> str:
        """Return the one line that the user sees."""
        head = f"{self.where}: " if self.where else ""
        return f"{head}{self.problem}; {self.mend}"


class ReadError(ExtractError):
    """A document that cannot be read."""


class LexiconError(ExtractError):
    """A lexicon file with a row that is not valid."""


class GoldError(ExtractError):
    """A gold file that does not fit its text or the vocabulary."""


class StoreError(ExtractError):
    """A dataset that cannot be opened or written."""


class UsageError(ExtractError):
    """A call that makes no sense: two inputs with one id, no input at all."""
