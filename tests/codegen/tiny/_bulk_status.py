"""The hand-written base that a model of the tiny specification asks for, in place of the package's own."""


class LetterOutcome:
    """What a letter's status means."""

    __slots__ = ()
