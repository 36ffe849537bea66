"""The problems of a function's arguments, collected with their paths and raised together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ParamSpec, TypeVar

import attrs

from .._core.exceptions import ParamValidationError, Problem
from .._core.model import NO_LIMITS, Limits, Model, is_mapping, wire_of
from .._core.validation import check_for, under
from .addresses import header_text

P = ParamSpec("P")
T = TypeVar("T")


class Checks:
    """Collects the problems of a function's arguments.

    Args:
        function: Its name, as users write it.
    """

    def __init__(self, function: str) -> None:
        self._function = function
        self._problems: list[Problem] = []
        self._cause: BaseException | None = None

    def add(self, path: str, message: str) -> None:
        """Add a problem; a path that begins with a dot, `.name`, is that of an argument."""
        self._problems.append(Problem(path.removeprefix("."), message))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems that have their paths already."""
        for problem in problems:
            self.add(problem.path, problem.message)

    def call(self, path: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Call a function, and return its result; if it raises a ValueError, add a problem and return None."""
        try:
            return function(*args, **kwargs)
        except ValueError as error:
            self.add(path, str(error))
            self._cause = self._cause or error.__cause__
            return None

    def fits(self, path: str, tp: type, value: Any, limits: Limits | None = None) -> bool:
        """Return whether a value has a type of the models, and is within limits; if not, add the problems."""
        found = check_for(tp, limits)(value, limits is not None)
        self.extend(under(path, found))
        return not found

    def is_a(self, path: str, tp: type, value: Any) -> bool:
        """Return whether a value is an instance of any other class; if not, add a problem."""
        if not isinstance(value, tp):
            self.add(path, f"expected {tp.__name__}, got {type(value).__name__}")
        return isinstance(value, tp)

    def text(self, path: str, value: Any) -> str:
        """Return a value if it is a str, and an empty one otherwise."""
        return value if self.fits(path, str, value) else ""

    def mapping(self, path: str, given: Mapping[str, T] | None) -> Mapping[str, T]:
        """Return the entries whose keys are str, and add a problem for each other one; an empty mapping for None."""
        if given is None:
            return {}
        if not is_mapping(given):
            self.add(path, f"expected a mapping, got {type(given).__name__}")
            return {}
        return {key: value for key, value in given.items() if self.fits(f"{path}[{str(key)!r}] (key)", str, key)}

    def header_text(self, path: str, value: Any) -> str:
        """Return a text as a header holds it, or add a problem if a header can't hold it."""
        text = self.text(path, value)
        encoded = self.call(path, header_text, text)
        return text if encoded is None else encoded

    def done(self) -> None:
        """Raise an error if there are any problems.

        Raises:
            ParamValidationError: All problems; its cause is the first error of another library that led to one.
        """
        if self._problems:
            raise ParamValidationError(self._function, self._problems) from self._cause


def limits_of(model: type[Model], member: str) -> Limits:
    """Return the documented limits of a model's member."""
    wire = wire_of(getattr(attrs.fields(model), member))
    return (wire and wire.limits) or NO_LIMITS
