"""A service and a source for a run, without a server and with a time of their own."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import count, islice
from typing import Any

import attrs

from sesv2kit import SendRate, errors, models
from sesv2kit._call.steps import RunBlocking
from sesv2kit.bulk import Outcome
from sesv2kit.bulk.item import Chunk
from sesv2kit.bulk.run import Run
from sesv2kit.bulk.settings import Settings
from sesv2kit.bulk.steps import (
    Collect,
    Collected,
    Emit,
    FindRate,
    Load,
    Pull,
    Pulled,
    ReadAccount,
    Start,
    Step,
    StopPulling,
)
from sesv2kit.bulk.verdict import Result

from .bulk import SETTINGS


def settings_with(rate: SendRate | None = None, **changed: Any) -> Settings:
    """Return settings of a sender; without a rate they don't limit."""
    rate = rate or SendRate(1e12)
    given: dict[str, Any] = {
        "arguments": SETTINGS,
        "options": {},
        "known_rate": lambda: rate,
        "max_in_flight": 3,
        "max_attempts": 3,
        "resend_unknown": False,
        "retry_failed": False,
        "check_limits": True,
        "on_progress": None,
    }
    return Settings(**{**given, **changed})


def result(said: str | models.BulkEmailEntryResult) -> models.BulkEmailEntryResult:
    """Return the result for a status, unless it is one already."""
    if isinstance(said, models.BulkEmailEntryResult):
        return said
    return models.BulkEmailEntryResult(status=said, message_id=f"id {said}")


Answering = Callable[[Chunk], Sequence[str] | Sequence[models.BulkEmailEntryResult] | BaseException]


@attrs.define
class World:
    """Takes the steps of a run as if there were a service; its time is its own."""

    source: Iterator[object]
    answer: Answering
    """Says what comes of a request: statuses or whole results, or an error."""
    pick: Callable[[int, int], int] = max
    """Chooses a number, the bounds included, where things can go one way or another."""
    now: float = 0.0
    under_way: list[tuple[Chunk, Result]] = attrs.field(factory=list[tuple[Chunk, Result]])
    requests: list[Chunk] = attrs.field(factory=list[Chunk])
    sent_at: list[float] = attrs.field(factory=list[float])
    history: dict[int, list[object]] = attrs.field(factory=lambda: defaultdict[int, list[object]](list))
    """What was said of each entry, by its place: a status, or an error."""
    outcomes: list[Outcome] = attrs.field(factory=list[Outcome])
    most_at_once: int = 0
    taken: int = 0
    accounts_read: int = 0
    read_account: Callable[[], None] = lambda: None
    """What comes of GetAccount."""
    wanted: int = 0
    """How many elements the run wants from the source."""
    furthest: int = 0
    """The most entries that had been taken from the source and had no outcome."""

    def perform(self, run: Run, steps: int | None = None) -> BaseException | None:
        """Run to the end, or so many steps; returns what the run raised."""
        return self.go_on(run.steps(), None, run, steps)

    def go_on(
        self, flow: Generator[Step, Any, None], value: object, run: Run, steps: int | None = None
    ) -> BaseException | None:
        """Go on with a run that is under way."""
        error: errors.SESv2Error | None = None
        try:
            for _ in count() if steps is None else range(steps):
                step = flow.throw(error) if error else flow.send(value)
                value, error = None, None
                try:
                    value = self.take(step, run)
                except errors.SESv2Error as raised:
                    error = raised
        except StopIteration:
            return None
        except Exception as raised:
            return raised
        return None

    def take(self, step: Step, run: Run) -> object:
        """Take one step."""
        match step:
            case Pull(elements):
                self.wanted += elements
            case StopPulling():
                self.wanted = 0
                return Pulled()
            case Start(chunk):
                run.begin(chunk)
                self.requests.append(chunk)
                self.sent_at.append(self.now)
                self.under_way.append((chunk, self.answered(chunk)))
                self.most_at_once = max(self.most_at_once, len(self.under_way))
            case Collect(seconds):
                return self.collected(run, seconds)
            case RunBlocking(function):
                return function()
            case Emit(outcomes):
                self.outcomes += outcomes
                outcomes.clear()
            case Load(functions):
                return [function() for function in functions]
            case FindRate() | ReadAccount():
                self.accounts_read += 1
                self.read_account()
        return None

    def answered(self, chunk: Chunk) -> Result:
        """Say what comes of a request, and note it."""
        said = self.answer(chunk)
        words = [said] * len(chunk) if isinstance(said, BaseException) else said
        for item, word in zip(chunk, words, strict=True):
            self.history[item.index].append(word)
        if isinstance(said, BaseException):
            return said
        return models.SendBulkEmailResponse(bulk_email_entry_results=list(map(result, said)))

    def collected(self, run: Run, seconds: float | None) -> Collected:
        """Let some requests end, in any order, and the source give something; else let time pass."""
        pulled = self.pulled()
        has_more = pulled.elements or pulled.ended
        assert self.under_way or seconds is not None or has_more, "it waits for ever"
        ended = self.pick(1 if seconds is None and not has_more else 0, len(self.under_way))
        ends = [self.under_way.pop(self.pick(0, len(self.under_way) - 1)) for _ in range(ended)]
        if not ended and not has_more:
            self.now += seconds or 0.0
        return Collected([run.finish(*end) for end in ends], pulled)

    def pulled(self) -> Pulled:
        """Return what the source gives."""
        if not self.wanted:
            return Pulled()
        elements = list(islice(self.source, self.wanted))
        ended = len(elements) < self.wanted
        self.wanted = 0
        self.taken += len(elements)
        self.furthest = max(self.furthest, self.taken - len(self.outcomes))
        return Pulled(elements, ended=ended)


def all_taken(chunk: Chunk) -> list[str]:
    """Answer that every entry was taken."""
    return ["SUCCESS"] * len(chunk)


def scripted(*script: list[str] | BaseException) -> Answering:
    """Answer the first requests as a script says, and take everything after that."""
    rest = iter(script)

    def answer(chunk: Chunk) -> list[str] | BaseException:
        said = next(rest, all_taken(chunk))
        return said if isinstance(said, BaseException) else said[: len(chunk)]

    return answer
