"""What an error tracker records of an error."""

from pathlib import Path
from types import FrameType, TracebackType

TESTS = Path(__file__).parents[1]


def recorded(error: BaseException | None) -> str:
    """Return the texts of an error and of its causes, and the local variables of each frame but those of tests."""
    parts: list[str] = []
    while error is not None:
        parts += [repr(error), str(error), repr(error.args), repr(vars(error))]
        parts += [_locals(frame) for frame in _frames(error.__traceback__)]
        error = error.__cause__ or error.__context__
    return "\n".join(parts)


def _frames(trace: TracebackType | None) -> list[FrameType]:
    frames: list[FrameType] = []
    while trace is not None:
        if not Path(trace.tb_frame.f_code.co_filename).is_relative_to(TESTS):
            frames.append(trace.tb_frame)
        trace = trace.tb_next
    return frames


def _locals(frame: FrameType) -> str:
    return f"{frame.f_code.co_qualname}: " + ", ".join(f"{name}={value!r}" for name, value in frame.f_locals.items())
