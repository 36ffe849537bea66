"""The hand-written base that a model of the tiny specification asks for, in place of the package's own."""

from typing import Generic, TypeVar

T = TypeVar("T")


class LetterOutcome:
    """What a letter's status means."""

    __slots__ = ()


class LettersOutcome(Generic[T]):
    """What a list of letters means."""

    __slots__ = ()
