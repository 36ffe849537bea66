"""Pure: what an error means for whoever typed the command: an exit code, and one or two lines."""

from typing import Final

from .. import errors

OK: Final = 0
SERVICE: Final = 1
"""The service refused the request, failed, or could not be reached."""
USAGE: Final = 2
"""The command line, or a file that it names, is wrong; nothing was sent."""
CONFIGURATION: Final = 3
"""No usable credentials, permissions, region, endpoint or extra."""
AMBIGUOUS: Final = 4
"""The mail may or may not have been sent."""
PARTLY: Final = 5
"""The mailing is over, and some of its mails failed, or are unknown."""
OUTPUT: Final = 6
"""The command did its work, and its output can't be written."""
INTERRUPTED: Final = 130
"""Ctrl-C; 143 for SIGTERM."""


class UsageProblem(Exception):
    """Something that was typed, or a file that was named, is wrong. The message says what would be right."""


class OutputProblem(Exception):
    """Stdout can't be written. What the command did before is done."""


_HINTS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (errors.AmbiguousSendError, "The mail may have been sent. Check that before you send it again."),
    (errors.CredentialsError, "--profile names the profile, if it is not the default one."),
    (errors.AccessDeniedException, "The IAM policy of these credentials must allow it."),
    (errors.AccessError, "Renew the credentials, or name another profile with --profile."),
    (errors.SendingStoppedError, "`sesv2kit account` shows the state of the account."),
    (
        errors.MessageRejected,
        "`sesv2kit identities list` shows who may send; in the sandbox, recipients must be verified, too.",
    ),
    (errors.QuotaExceededError, "`sesv2kit account` shows the quota."),
    (errors.ThrottledError, "Try again in a few seconds."),
    (errors.ConnectError, "Nothing was sent. Check the network, --region and --endpoint-url."),
    (errors.WaiterTimeoutError, "Run the command again to go on waiting."),
)
_OPTIONS: Final = {"pass region=": "pass --region", "pass credentials=, set": "set"}
"""What messages for Python call the options of the command line."""
_USAGE: Final = (UsageProblem, errors.ParamValidationError, UnicodeError)


def exit_code(error: BaseException) -> int:
    """Return the exit code for an error."""
    if isinstance(error, errors.BulkStoppedError):
        return exit_code(error.reason)
    if isinstance(error, OutputProblem):
        return OUTPUT
    if isinstance(error, errors.AmbiguousSendError):
        return AMBIGUOUS
    if isinstance(error, errors.ConfigurationError | errors.AccessError | errors.JournalError):
        return CONFIGURATION
    return USAGE if isinstance(error, (*_USAGE, OSError)) else SERVICE


def explain(error: BaseException) -> str:
    """Return an error in one line, and in a second one what to do about it, if that is known."""
    if isinstance(error, errors.BulkStoppedError):
        return f"The mailing was stopped: {explain(error.reason)}"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, errors.ParamValidationError):
        return "; ".join(map(str, error.problems))
    hint = next((text for kind, text in _HINTS if isinstance(error, kind)), "")
    message = str(error)
    for argument, option in _OPTIONS.items():
        message = message.replace(argument, option)
    return f"{message}\n{hint}".strip()
