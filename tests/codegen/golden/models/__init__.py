# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""The data types, enums and responses of the API, each loaded when it is first used.

`to_wire` turns a model into the dict that travels, `from_wire` reads one.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .._core.model import EmptyResponse as EmptyResponse
    from .._core.serde import from_wire as from_wire
    from .._core.serde import to_wire as to_wire
    from .boxes import (
        BoxAddress as BoxAddress,
    )
    from .letters import (
        Coin as Coin,
    )
    from .letters import (
        GetLetterResponse as GetLetterResponse,
    )
    from .letters import (
        Letter as Letter,
    )
    from .letters import (
        LetterStatus as LetterStatus,
    )
    from .letters import (
        LetterSummary as LetterSummary,
    )
    from .letters import (
        ListLettersResponse as ListLettersResponse,
    )
    from .letters import (
        Payment as Payment,
    )
    from .letters import (
        Photo as Photo,
    )
    from .letters import (
        SendLetterResponse as SendLetterResponse,
    )

_HOME = {
    "EmptyResponse": ".._core.model",
    "from_wire": ".._core.serde",
    "to_wire": ".._core.serde",
    "BoxAddress": ".boxes",
    "Coin": ".letters",
    "GetLetterResponse": ".letters",
    "Letter": ".letters",
    "LetterStatus": ".letters",
    "LetterSummary": ".letters",
    "ListLettersResponse": ".letters",
    "Payment": ".letters",
    "Photo": ".letters",
    "SendLetterResponse": ".letters",
}

__all__ = [
    "BoxAddress",
    "Coin",
    "EmptyResponse",
    "GetLetterResponse",
    "Letter",
    "LetterStatus",
    "LetterSummary",
    "ListLettersResponse",
    "Payment",
    "Photo",
    "SendLetterResponse",
    "from_wire",
    "to_wire",
]


if not TYPE_CHECKING:
    # A type checker that saw this would accept any name.

    def __getattr__(name: str) -> Any:
        """Load the module of a name, see PEP 562."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(_HOME[name], __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
