"""Values that are computed, and modules that are imported, when they are first needed."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class LazyModule:
    """A module that is imported when something of it is first used.

    An annotation can name it: a type checker is given the module itself, and `typing.get_type_hints` imports it.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


class lazy_property(Generic[T]):  # noqa: N801 -- used like `property`
    """A property whose value is computed once for each object.

    Unlike `functools.cached_property` of Python 3.11 it has no lock, which another thread may hold during a fork: it
    would stay locked in the child for ever. Two threads may compute a value at the same time.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        # Found in the object itself from now on, as this has no `__set__`.
        return instance.__dict__.setdefault(self._name, self._compute(instance))  # type: ignore[no-any-return]
