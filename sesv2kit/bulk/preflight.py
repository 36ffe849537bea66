"""Checks of a mailing before its first mail: a generator of steps, like a run."""

import json
from collections.abc import Generator, Iterable, Sequence
from typing import Any, Final, TypeVar, cast

import attrs

from .._core.exceptions import APIError, Problem, SESv2Error
from .._core.settings import check_settings
from .._handlebars import SES_VARIABLES, LimitExceeded, RenderError, TemplateError, merge, parse, parse_inline
from .._handlebars import Template as ParsedTemplate
from ..errors import NotFoundException
from ..models import (
    BulkEmailEntry,
    GetAccountResponse,
    GetConfigurationSetResponse,
    GetEmailIdentityResponse,
    GetEmailTemplateResponse,
    SendQuota,
    Template,
)
from .arguments import SENDER_RULES
from .checks import addresses_in, check_entry, check_key, template_data_problem
from .item import is_keyed
from .settings import Settings
from .steps import Load

T = TypeVar("T")
_SIMULATOR: Final = "@simulator.amazonses.com"


@attrs.frozen
class Call:
    """Step: call a method of the client; returns the response."""

    method: str
    arguments: dict[str, Any]


Step = Call | Load
Steps = Generator[Step, Any, T]


@attrs.frozen(kw_only=True)
class Preflight:
    """The result of the checks of a mailing before its first mail."""

    problems: tuple[Problem, ...]
    """What would keep mails from being sent or rendered; empty if nothing was found."""
    unchecked: tuple[Problem, ...]
    """What could not be checked, and why, such as a permission that is missing."""
    total: int
    """Entries of the mailing."""
    recipients: int
    """Recipients of the mailing, if the sample is like the rest."""
    quota_left: float | None
    """Recipients that the account may still mail in these 24 hours; infinite without a quota, None if not known."""
    per_second: float | None
    """Recipients per second: what the sender was given, at most what the account allows; None if there is no limit, or
    it is not known."""

    @property
    def ok(self) -> bool:
        """True if no problem was found."""
        return not self.problems

    @property
    def seconds(self) -> float | None:
        """The minimum duration of the mailing; None if the rate is not known, or the quota is not enough."""
        if self.quota_left is not None and self.recipients > self.quota_left:
            return None
        return self.recipients / self.per_second if self.per_second else None

    def __str__(self) -> str:
        time = "" if self.seconds is None else f", at least {self.seconds:.0f} seconds"
        lines = [f"{self.total} entries, {self.recipients} recipients{time}"]
        lines += [f"problem: {problem}" for problem in self.problems]
        lines += [f"not checked: {problem}" for problem in self.unchecked]
        return "\n".join(lines)


class Check:
    """One preflight check.

    Args:
        settings: The sender's.
        sample: Some entries.
        total: How many entries there are.

    Raises:
        ConfigurationError: The sample is not several entries, or the total is not a number of entries.
    """

    def __init__(self, settings: Settings, sample: Iterable[object], total: int | None) -> None:
        check_settings(SENDER_RULES, {"sample": sample, "total": total})
        self._arguments = settings.arguments
        self._settings = settings
        self._sample: list[Any] = list(sample)
        self._total = len(self._sample) if total is None else total
        self._problems: list[Problem] = []
        self._unchecked: list[Problem] = []
        self._entries: list[tuple[int, BulkEmailEntry]] = []
        self._recipients = 0

    def steps(self) -> Steps[Preflight]:
        """Check the entries, then what the account has."""
        yield from self._check_entries()
        account: GetAccountResponse | None = yield from self._read("account", "get_account")
        quota = (account.send_quota if account else None) or SendQuota()
        recipients = self._count_recipients()
        if account:
            self._check_account(account)
        quota_left = self._check_quota(quota, recipients)
        per_second = self._check_rate(quota)
        yield from self._check_identity()
        yield from self._check_configuration_set()
        yield from self._check_template()
        return Preflight(
            problems=tuple(self._problems),
            unchecked=tuple(self._unchecked),
            total=self._total,
            recipients=recipients,
            quota_left=quota_left,
            per_second=per_second,
        )

    def _read(self, path: str, method: str, **arguments: Any) -> Steps[Any]:
        """Return the response to a call; None, with a note, if it failed. What is not there raises an error."""
        try:
            return (yield Call(method, arguments))
        except NotFoundException:
            raise
        except SESv2Error as error:
            self._unchecked.append(Problem(path, f"{method} failed: {_code(error)}"))
            return None

    def _add(self, path: str, message: str) -> None:
        self._problems.append(Problem(path, message))

    # Entries ----------------------------------------------------------------------------------------

    def _check_entries(self) -> Steps[None]:
        given: list[Any] = [one.entry if is_keyed(one) else one for one in self._sample]
        keys = [one.key if is_keyed(one) else None for one in self._sample]
        functions = {index: one for index, one in enumerate(given) if callable(one)}
        loaded: Sequence[object] = (yield Load(list(functions.values()))) if functions else ()
        entries: list[Any] = list(given)
        for index, entry in zip(functions, loaded, strict=True):
            entries[index] = entry
        first_with: dict[str, int] = {}
        for index, (entry, key) in enumerate(zip(entries, keys, strict=True)):
            if isinstance(entry, Exception):
                self._add(f"sample[{index}].entry", f"the function that returns it raised {type(entry).__name__}")
                continue
            checked = check_entry(entry, self._settings.check_limits)
            problems = [*checked.problems, *(check_key(key) if key is not None else ())]
            if isinstance(key, str) and (first := first_with.setdefault(key, index)) != index:
                problems.append(Problem("key", f"is that of sample[{first}] as well"))
            self._problems += [Problem(f"sample[{index}].{problem.path}", problem.message) for problem in problems]
            self._recipients += checked.recipients
            if checked.text:
                self._entries.append((index, entry))

    def _count_recipients(self) -> int:
        size = len(self._sample)
        return round(self._recipients / size * self._total) if size else self._total

    # The account ------------------------------------------------------------------------------------

    def _check_account(self, account: GetAccountResponse) -> None:
        if account.sending_enabled is False:
            self._add("account", "sending is paused or was disabled by AWS")
        elif account.enforcement_status == "SHUTDOWN":
            self._add("account", "AWS has shut down its sending")
        addresses = [address for _, entry in self._entries for address in addresses_in(entry.destination)]
        is_simulated = addresses and all(address.rstrip(">").endswith(_SIMULATOR) for address in addresses)
        if account.production_access_enabled is False and not is_simulated:
            message = "is in the sandbox: mail goes to verified addresses and domains alone, and to the simulator"
            self._add("account", message)

    def _check_quota(self, quota: SendQuota, recipients: int) -> float | None:
        allowed = quota.max24_hour_send
        if allowed is None or allowed < 0:
            return None if allowed is None else float("inf")
        left = max(allowed - (quota.sent_last24_hours or 0.0), 0.0)
        if recipients > left:
            self._add("account", f"may mail {left:.0f} more recipients in these 24 hours; the mailing has {recipients}")
        return left

    def _check_rate(self, quota: SendQuota) -> float | None:
        rate = self._settings.known_rate()
        given, allowed = rate.per_second if rate else None, quota.max_send_rate
        if given and allowed and allowed > 0 and given > allowed:
            self._add("send_rate", f"is {given:g} a second; the account allows {allowed:g}, and SES throttles the rest")
        return min((number for number in (given, allowed) if number and number > 0), default=None)

    def _check_identity(self) -> Steps[None]:
        """Check that the address in From, its domain, or a domain above it, is verified."""
        sender: str | None = self._arguments["from_email_address"]
        if sender is None:
            self._add("from_email_address", "is not given, and SES sends no mailing without it")
            return
        if self._arguments["from_email_address_identity_arn"] is not None:
            return
        address = sender.rpartition("<")[2].rstrip("> ")
        domain = address.rpartition("@")[2]
        labels = domain.split(".")
        names = [address, *(".".join(labels[start:]) for start in range(max(len(labels) - 1, 1)))]
        for name in names:
            try:
                found: GetEmailIdentityResponse | None = yield from self._read(
                    "from_email_address", "get_email_identity", email_identity=name
                )
            except NotFoundException:
                continue
            if found is None or found.verified_for_sending_status is not False:
                return
        self._add("from_email_address", f"none of these identities is verified: {', '.join(names)}")

    def _check_configuration_set(self) -> Steps[None]:
        name: str | None = self._arguments["configuration_set_name"]
        if name is None:
            return
        path = "configuration_set_name"
        try:
            found: GetConfigurationSetResponse | None = yield from self._read(
                path, "get_configuration_set", configuration_set_name=name
            )
        except NotFoundException:
            self._add(path, "there is no such configuration set")
            return
        if found and found.sending_options and found.sending_options.sending_enabled is False:
            self._add(path, "sending is paused for this configuration set")

    # The template -----------------------------------------------------------------------------------

    def _check_template(self) -> Steps[None]:
        template: Template | None = self._arguments["default_content"].template
        if template is None:
            return
        path = "default_content.template"
        content = template.template_content
        name = template.template_name or (template.template_arn or "").rpartition("/")[2]
        is_stored = content is None
        if is_stored and name:
            try:
                found: GetEmailTemplateResponse | None = yield from self._read(
                    path, "get_email_template", template_name=name
                )
            except NotFoundException:
                self._add(path, "there is no such template")
                return
            content = found.template_content if found else None
        if content is None:
            return
        texts = [text or "" for text in (content.subject, content.text, content.html)]
        try:
            parsed = [parse(text) if is_stored else parse_inline(text) for text in texts]
        except TemplateError as error:
            if is_stored:  # SES has accepted it, so SES understands more of it than this check
                self._unchecked.append(Problem(path, f"its variables are not known: {error}"))
            else:
                self._add(path, str(error))
            return
        self._check_variables(path, parsed, _values(template.template_data))

    def _check_variables(self, path: str, templates: Sequence[ParsedTemplate], default: dict[str, Any]) -> None:
        missing: dict[str, list[int]] = {}
        entries: Sequence[tuple[int | None, BulkEmailEntry | None]] = self._entries if self._sample else [(None, None)]
        for index, entry in entries:
            values = merge({**dict.fromkeys(SES_VARIABLES, ""), **default}, _own_values(entry))
            try:
                names = dict.fromkeys(name for template in templates for name in template.missing(values))
            except LimitExceeded as error:
                self._unchecked.append(Problem(path, f"its variables are not known: {error}"))
                return
            except RenderError as error:
                self._add(path, str(error))
                return
            for name in names:
                missing.setdefault(name, []).append(-1 if index is None else index)
        for name, indexes in missing.items():
            where = sorted(set(indexes))
            who = f"sample[{where[0]}]" + (f" and {len(where) - 1} others" if len(where) > 1 else "")
            message = f"uses {{{{{name}}}}}, which the data of {who} does not have: SES would accept and never send it"
            self._add(path, message if where[0] >= 0 else f"uses {{{{{name}}}}}, which its data does not have")


def _own_values(entry: BulkEmailEntry | None) -> dict[str, Any]:
    content = entry.replacement_email_content if entry else None
    template = content.replacement_template if content else None
    return _values(template.replacement_template_data if template else None)


def _values(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text is not None and not template_data_problem(text) else {}


def _code(error: SESv2Error) -> str:
    return error.code if isinstance(error, APIError) else str(error)


def take(steps: Steps[Preflight], value: object, error: SESv2Error | None) -> Step | Preflight:
    """Return the next step, or what the steps have returned."""
    try:
        return steps.throw(error) if error else steps.send(value)
    except StopIteration as stop:
        return cast(Preflight, stop.value)
