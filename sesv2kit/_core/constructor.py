"""Constructors that several public classes share."""

from types import FunctionType
from typing import Any, TypeVar, cast

ClassT = TypeVar("ClassT", bound=type[Any])


def with_own_constructor(cls: ClassT) -> ClassT:
    """Give a class its own copy of the constructor it inherits, so that errors of wrong calls name the class."""
    inherited = cast(FunctionType, cls.__init__)
    own = FunctionType(inherited.__code__, inherited.__globals__, inherited.__name__)
    own.__qualname__ = f"{cls.__qualname__}.__init__"
    own.__kwdefaults__ = inherited.__kwdefaults__
    own.__annotations__ = inherited.__annotations__
    own.__doc__ = inherited.__doc__
    cls.__init__ = own
    return cls
