"""Pure: the sentences of descriptions that follow from facts: limits, rates, responses and durations."""

from collections.abc import Iterator

from .ir import Limits, Member, Operation, Structure
from .naming import argument_name
from .prose import all_limits

_UNITS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
_INNER_WORDS = {"item": "Each", "key": "Keys", "value": "Values"}


def duration(seconds: int) -> str:
    """Return seconds in the largest unit that makes them a whole number: 5400 is `90 minutes`."""
    unit, length = next((unit, length) for unit, length in _UNITS.items() if seconds % length == 0)
    return f"{seconds // length} {unit}{'' if seconds == length else 's'}"


def type_rules(structure: Structure) -> Iterator[str]:
    """Yield a sentence for each limit on several members of a type."""
    if structure.union:
        yield "Give exactly one of its members."
    if structure.together:
        yield f"At most {structure.together.max} {structure.together.noun}."


def rate_sentence(operation: Operation) -> str:
    """Return the documented rate of an operation; empty without one."""
    if operation.rate is None:
        return ""
    items = f" and {operation.weight.rate} `{operation.weight.member}`" if operation.weight else ""
    return f"The service allows {operation.rate} call{'' if operation.rate == 1 else 's'}{items} per second."


def operation_rule(operation: Operation) -> str:
    """Return the limit on the time between two arguments of an operation; empty without one."""
    span = operation.span
    return f"`{span.end}` must be at most {span.max_days} days after `{span.start}`." if span else ""


def returns_sentence(operation: Operation) -> str:
    """Return the members of an operation's response, each with its description."""
    if not operation.output:
        return "An empty response; its `metadata` has the request id."
    return "; ".join(f"`{argument_name(member.name)}`: {_lower(member.doc)}" for member in operation.output) + "."


def _lower(sentence: str) -> str:
    """Return a sentence as part of a list: no full stop, and no capital unless it begins a name."""
    text = sentence.rstrip(".")
    word = text.partition(" ")[0]
    return text if word[1:] != word[1:].lower() or word == "I" else text[:1].lower() + text[1:]


def member_doc(member: Member) -> str:
    """Return the description of a member, followed by its limits, which the description need not repeat."""
    sentences = [member.doc, *_limit_sentences(all_limits(member), "")]
    if member.deprecated:
        sentences.append("Deprecated.")
    return " ".join(sentences)


def _limit_sentences(limits: Limits, subject: str) -> Iterator[str]:
    own = limits.own
    for lower, upper, unit in (
        ("min_length", "max_length", "character"),
        ("min", "max", ""),
        ("min_items", "max_items", "item"),
    ):
        bounds = _range(own.get(lower), own.get(upper), unit)
        if bounds:
            yield f"{subject} {bounds}." if subject else f"{bounds[0].upper()}{bounds[1:]}."
    if "pattern" in own:
        yield f"{subject or 'Must'} match{'es' if subject == 'Each' else ''} `{own['pattern']}`."
    if "max_bytes" in own:
        size = _size(int(own["max_bytes"]))
        yield f"{subject} {size} of UTF-8." if subject else f"{size[0].upper()}{size[1:]} of UTF-8."
    if "max_line" in own:
        yield f"Lines of at most {own['max_line']} bytes."
    if "reserved_prefix" in own:
        start = f"{subject} must" if subject else "Must"
        yield f"{start} not start with `{own['reserved_prefix']}`, which is reserved."
    if "unique" in own:
        yield f"No two with the same `{own['unique']}`."
    for key, inner in limits.inner.items():
        yield from _limit_sentences(inner, _INNER_WORDS[key])


def _size(maximum: int) -> str:
    """Return a limit in bytes in words: `at most 4 KB`, which is 4,096, or `less than 10 MB`."""
    for unit, size in (("MB", 1 << 20), ("KB", 1 << 10)):
        if maximum % size == 0:
            return f"at most {maximum // size} {unit}"
        if (maximum + 1) % size == 0:
            return f"less than {(maximum + 1) // size} {unit}"
    return f"at most {maximum} bytes"


def _range(lower: int | str | None, upper: int | str | None, unit: str) -> str:
    bounds = f"{lower} to {upper}" if lower is not None and upper is not None else ""
    if not bounds and lower is not None:
        bounds = f"at least {lower}"
    if not bounds and upper is not None:
        bounds = f"at most {upper}"
    last = upper if upper is not None else lower
    return f"{bounds} {unit}{'' if last == 1 else 's'}" if bounds and unit else bounds
