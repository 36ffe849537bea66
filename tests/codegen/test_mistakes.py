"""Mistakes in a specification are reported with file, line, table, what is wrong and what to do.

Each test makes one mistake in the tiny specification: one text, found once, becomes another.
"""

import shutil
from pathlib import Path

import attrs
import pytest

from codegen import check
from codegen.__main__ import read_spec
from codegen.ir import Spec, SpecError
from codegen.naming import iterator_name, snake_case, waiter_name
from sesv2kit import AsyncSESv2Client, SESv2Client, errors, models

TINY = Path(__file__).parent / "tiny"
BOXES, LETTERS, ERRORS, OVERRIDES = "spec/boxes.toml", "spec/letters.toml", "spec/errors.toml", "overrides.toml"
WAITERS = "spec/waiters.toml"


@attrs.frozen
class Mistake:
    """A change of one file, and the table and text of the one line that reports it."""

    file: str
    old: str
    new: str
    table: str
    report: str


def make(folder: Path, *mistakes: Mistake) -> list[str]:
    """Copy the tiny specification with mistakes; returns the reported lines."""
    if not folder.exists():
        shutil.copytree(TINY, folder)
    for mistake in mistakes:
        path = folder / mistake.file
        text = path.read_text(encoding="utf-8")
        assert text.count(mistake.old) == 1, mistake.old
        path.write_text(text.replace(mistake.old, mistake.new), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        read_spec(folder / "spec", folder / "overrides.toml")
    return str(caught.value).splitlines()


def expected(folder: Path, mistake: Mistake) -> str:
    """Return the line that reports a mistake; the line number is where its table, or the one around it, is."""
    path = folder / mistake.file
    if not mistake.table:
        return f"{path.name}:1: {mistake.report}"
    lines = path.read_text(encoding="utf-8").splitlines()
    header = mistake.table
    while f"[{header}]" not in lines:
        header = header.rpartition(".")[0]
    return f"{path.name}:{lines.index(f'[{header}]') + 1}: [{mistake.table}]: {mistake.report}"


HERE = "[type.Letter.members.From]"
LINE = (TINY / LETTERS).read_text(encoding="utf-8").splitlines().index(HERE) + 1


def added(text: str, table: str, report: str) -> Mistake:
    """Return the mistake of adding a piece to the letters' file."""
    return Mistake(LETTERS, HERE, f"{text}\n{HERE}", table, report)


def member(name: str, type_name: str, owner: str = "Letter") -> str:
    """Return a member, as it is written in a file."""
    return f'[type.{owner}.members.{name}]\ntype = "{type_name}"\ndoc = "Made up."\n'


def structure(name: str) -> str:
    """Return the head of a type, as it is written in a file."""
    return f'[type.{name}]\nreference = "https://post.example/{name}"\ndoc = "Made up."\n'


def operation(name: str) -> str:
    """Return an operation, as it is written in a file."""
    facts = f'method = "GET"\npath = "/v1"\nkind = "read"\nreference = "https://post.example/{name}"'
    return f'[operation.{name}]\n{facts}\ndoc = "Made up."\n'


UNREADABLE = [
    Mistake(
        LETTERS,
        'type = "Letter"',
        'type = "list<Letter"',
        "operation.SendLetter.input.Letter",
        "type 'list<Letter' can't be read; write a name, list<T> or map<K, V>",
    ),
    Mistake(
        LETTERS,
        'type = "list<BoxAddress>"',
        'type = "list"',
        "type.Letter.members.To",
        "type 'list' can't be read; write a name, list<T> or map<K, V>",
    ),
    Mistake(
        LETTERS,
        'type = "blob"',
        'type = "map<string>"',
        "type.Photo.members.Data",
        "type 'map<string>' can't be read; write a name, list<T> or map<K, V>",
    ),
    Mistake(
        LETTERS,
        'type = "blob"',
        'type = "list<>"',
        "type.Photo.members.Data",
        "type '' can't be read; write a name, list<T> or map<K, V>",
    ),
    Mistake(
        BOXES,
        'kind = "idempotent"',
        'kind = "idempotent"\nidempotent = true',
        "operation.DeleteBox",
        "has an unknown key 'idempotent'; use one of doc, domains, errors, input, kind, method, note, output, page, "
        "path, rate, reference, source, span, weight",
    ),
    Mistake(
        BOXES,
        'pattern = "[a-z]+"',
        'regex = "[a-z]+"',
        "type.BoxAddress.members.BoxName",
        "has an unknown key 'regex'; use one of deprecated, doc, item, key, max, max_items, max_length, min, "
        "min_items, min_length, note, output_only, pattern, prose_limits, required, sensitive, source, type, "
        "value, wire",
    ),
    Mistake(
        LETTERS,
        "key = { min_length = 1 }",
        "key = { least = 1 }",
        "type.Letter.members.Labels",
        "has an unknown key 'least'; use one of item, key, max, max_items, max_length, min, min_items, min_length, "
        "pattern, value",
    ),
    Mistake(
        LETTERS,
        'size = "PageSize" }',
        'size = "PageSize", order = "Order" }',
        "operation.ListLetters.page",
        "has an unknown key 'order'; use one of items, size, token",
    ),
    Mistake(
        BOXES,
        "[type.BoxAddress]",
        "[kind.Box]\n\n[type.BoxAddress]",
        "",
        "has an unknown key 'kind'; use one of enum, operation, type",
    ),
    Mistake(
        ERRORS,
        "[error.NotFoundException]",
        "[type.Box]\n\n[error.NotFoundException]",
        "",
        "has an unknown key 'type'; use one of error",
    ),
    Mistake(BOXES, 'method = "DELETE"\n', "", "operation.DeleteBox", "has no method; add method = ..."),
    Mistake(BOXES, 'path = "/v1/boxes/{BoxName}"\n', "", "operation.DeleteBox", "has no path; add path = ..."),
    Mistake(BOXES, 'kind = "idempotent"\n', "", "operation.DeleteBox", "has no kind; add kind = ..."),
    Mistake(BOXES, 'doc = "Take a box down."\n', "", "operation.DeleteBox", "has no doc; add doc = ..."),
    Mistake(
        LETTERS,
        'LOST = { error = "NotFoundException", aliases',
        "LOST = { aliases",
        "enum.LetterStatus",
        "has no error; add error = ...",
    ),
    Mistake(
        LETTERS,
        'LOST = { error = "NotFoundException", aliases = ["MISSING"], shared',
        'LOST = { error = "NotFoundException", aliases = ["MISSING"], common',
        "enum.LetterStatus",
        "has an unknown key 'common'; use one of aliases, doc, error, shared",
    ),
    Mistake(LETTERS, 'type = "blob"\n', "", "type.Photo.members.Data", "has no type; add type = ..."),
    Mistake(LETTERS, 'doc = "How far a letter is."\n', "", "enum.LetterStatus", "has no doc; add doc = ..."),
    Mistake(ERRORS, "status = 404\n", "", "error.NotFoundException", "has no status; add status = ..."),
    Mistake(LETTERS, ', size = "PageSize" }', " }", "operation.ListLetters.page", "has no size; add size = ..."),
    Mistake(ERRORS, "status = 404", 'status = "404"', "error.NotFoundException", "status is '404'; write a number"),
    Mistake(
        ERRORS, "common = true", 'common = "yes"', "error.ServiceUnavailable", "common is 'yes'; write true or false"
    ),
    Mistake(LETTERS, "rate = 1", "rate = true", "operation.ListLetters", "rate is True; write a number"),
    Mistake(
        LETTERS,
        'type = "blob"',
        'type = "blob"\nin = "query"',
        "type.Photo.members.Data",
        "has an unknown key 'in'; use one of deprecated, doc, item, key, max, max_items, max_length, min, min_items, "
        "min_length, note, output_only, pattern, prose_limits, required, sensitive, source, type, value, wire",
    ),
    Mistake(LETTERS, "rate = 1", 'rate = "1/s"', "operation.ListLetters", "rate is '1/s'; write a number"),
    Mistake(
        BOXES,
        'errors = ["NotFoundException"]',
        'errors = "NotFoundException"',
        "operation.DeleteBox",
        "errors is 'NotFoundException'; write an array",
    ),
    Mistake(
        LETTERS,
        "max_length = 1000",
        'max_length = "1000"',
        "type.Letter.members.Text",
        "max_length is '1000'; write a number",
    ),
    Mistake(
        WAITERS, 'done = ["handed-over", "PUT_ASIDE"]\n', "", "waiter.LetterDelivered", "has no done; add done = ..."
    ),
    Mistake(
        WAITERS,
        "initial_delay = 60",
        'initial_delay = "60 s"',
        "waiter.LetterDelivered",
        "initial_delay is '60 s'; write a number",
    ),
    Mistake(
        WAITERS,
        "initial_delay = 60",
        "first_delay = 1\ninitial_delay = 60",
        "waiter.LetterDelivered",
        "has an unknown key 'first_delay'; use one of doc, done, done_if, failed, initial_delay, max_delay, note, "
        "operation, reason, status, subject, unlisted, wait_timeout",
    ),
    Mistake(
        LETTERS,
        "sensitive = true",
        'sensitive = "true"',
        "type.Letter.members.Text",
        "sensitive is 'true'; write true or false",
    ),
    Mistake(
        LETTERS,
        'ON_ITS_WAY = "Sent, and not there yet."',
        "ON_ITS_WAY = 1",
        "enum.LetterStatus",
        "ON_ITS_WAY is 1; write a text",
    ),
    Mistake(
        BOXES,
        "[type.BoxAddress.members.BoxName]",
        "[type.BoxAddress.members]\nSize = 3\n\n[type.BoxAddress.members.BoxName]",
        "type.BoxAddress.members",
        "Size is 3; write a table",
    ),
    Mistake(
        OVERRIDES,
        'base = "LetterOutcome"',
        'class = "LetterOutcome"\nbase = "LetterOutcome"',
        "model.LetterSummary",
        "has an unknown key 'class'; use one of base, reason",
    ),
    Mistake(OVERRIDES, 'base = "LetterOutcome"\n', "", "model.LetterSummary", "has no base; add base = ..."),
    Mistake(
        OVERRIDES,
        'reason = "What a status means is code, in _bulk.py."\n',
        "",
        "model.LetterSummary",
        "has no reason; add reason = ...",
    ),
    Mistake(
        OVERRIDES,
        "[model.LetterSummary]",
        "[shape.Box]\n\n[model.LetterSummary]",
        "",
        "has an unknown key 'shape'; use one of model",
    ),
]
"""What the reading of the files reports."""

WRONG = [
    Mistake(
        LETTERS,
        'type = "blob"',
        'type = "list<Picture>"',
        "type.Photo.members.Data",
        "names the type Picture, which is not defined; add [type.Picture] or [enum.Picture] to a file, or use one of "
        "string, boolean, integer, long, double, timestamp, blob",
    ),
    Mistake(
        LETTERS,
        "[enum.LetterStatus]",
        '[enum.Stamp]\ndoc = "A stamp."\nvalues = { PAID = "Paid." }\n\n[enum.LetterStatus]',
        "enum.Stamp",
        "Stamp is used by nothing; delete it, or name it in a member",
    ),
    Mistake(
        BOXES,
        'path = "/v1/boxes/{BoxName}"',
        'path = "/v1/towns/{TownName}/boxes/{BoxName}"',
        "operation.DeleteBox",
        'the path has {TownName}, which no member fills; give the member that fills it in = "path", or remove '
        "{TownName} from the path",
    ),
    Mistake(
        BOXES,
        'path = "/v1/boxes/{BoxName}"',
        'path = "/v1/boxes"',
        "operation.DeleteBox.input.BoxName",
        "travels in the path, which has no {BoxName}; add {BoxName} to the path of DeleteBox, or change in",
    ),
    Mistake(
        BOXES,
        'in = "path"\nrequired = true',
        'in = "path"',
        "operation.DeleteBox.input.BoxName",
        'travels in the path, so it must be a required string; write required = true, and type = "string" or an enum',
    ),
    Mistake(
        BOXES,
        'in = "query"',
        'in = "header"',
        "operation.DeleteBox.input.WithLetters",
        "in is 'header'; use one of path, query, body",
    ),
    Mistake(
        BOXES,
        'method = "DELETE"',
        'method = "REMOVE"',
        "operation.DeleteBox",
        "method is 'REMOVE'; use one of GET, POST, PUT, DELETE",
    ),
    Mistake(
        BOXES,
        'kind = "idempotent"',
        'kind = "harmless"',
        "operation.DeleteBox",
        "kind is 'harmless'; use one of read, idempotent, write, send",
    ),
    Mistake(
        BOXES,
        'errors = ["NotFoundException"]',
        'errors = ["NotFoundException", "BoxJammed"]',
        "operation.DeleteBox",
        "lists the error BoxJammed, which is not defined; add [error.BoxJammed] to errors.toml",
    ),
    Mistake(
        LETTERS,
        'items = "Letters"',
        'items = "Parcels"',
        "operation.ListLetters",
        "pages by Parcels, which is not among its members for that; correct page; what is there: Counts, Letters, "
        "NextToken",
    ),
    Mistake(
        LETTERS,
        'token = "NextToken"',
        'token = "PageSize"',
        "operation.ListLetters",
        "pages by PageSize, which is not among its members for that; correct page; what is there: NextToken",
    ),
    Mistake(
        LETTERS,
        'size = "PageSize" }',
        'size = "Letters" }',
        "operation.ListLetters",
        "pages by Letters, which is not among its members for that; correct page; what is there: NextToken, PageSize, "
        "SentAfter, SentBefore, Statuses",
    ),
    added(
        member("FROM", "string"),
        "type.Letter.members.From",
        "From and FROM both become from_; rename one of them",
    ),
    Mistake(
        LETTERS,
        "ON_ITS_WAY =",
        '"on its way" = "Sent."\nON_ITS_WAY =',
        "enum.LetterStatus",
        "ON_ITS_WAY and on its way both become ON_ITS_WAY; rename one of them",
    ),
    added(
        member("Extra", "string"),
        "type.Letter.members.Extra",
        "Extra becomes extra, which the package uses itself; rename it",
    ),
    Mistake(
        LETTERS,
        "[operation.SendLetter.output.MessageId]",
        "[operation.SendLetter.output.Metadata]",
        "operation.SendLetter.output.Metadata",
        "Metadata becomes metadata, which the package uses itself; rename it",
    ),
    Mistake(
        BOXES,
        "[operation.DeleteBox.input.WithLetters]",
        "[operation.DeleteBox.input.Options]",
        "operation.DeleteBox.input.Options",
        "Options becomes options, which the package uses itself; rename it",
    ),
    added(
        member('"Fee in EUR/g"', "string"),
        "type.Letter.members.Fee in EUR/g",
        "Fee in EUR/g becomes fee in eur/g, which is not a name in Python; rename it",
    ),
    added(
        member("Reply", "Letter"),
        "type.Letter",
        "contains itself: Letter > Letter; remove one of the members, or make it a string",
    ),
    added(
        member("Original", "map<string, Envelope>") + structure("Envelope") + member("Inside", "Letter", "Envelope"),
        "type.Letter",
        "contains itself: Letter > Envelope > Letter; remove one of the members, or make it a string",
    ),
    added(
        member("Shape", "Model") + structure("Model"),
        "type.Model",
        "Model becomes Model, which the package uses itself; rename it",
    ),
    added(operation("Close"), "operation.Close", "Close becomes close, which the package uses itself; rename it"),
    added(operation("Import"), "operation.Import", "Import becomes import, which is not a name in Python; rename it"),
    added(
        operation("IterLetters"),
        "operation.IterLetters",
        "IterLetters and the iterator of ListLetters both become iter_letters; rename one of them",
    ),
    Mistake(
        LETTERS,
        'items = "Letters"',
        'items = "Counts"',
        "operation.ListLetters.output.Counts",
        "holds the entries of a page, but is not a list; correct its type, or correct page",
    ),
    added(
        operation("ListLETTERS"),
        "operation.ListLETTERS",
        "ListLETTERS and ListLetters both become list_letters; rename one of them",
    ),
    added(
        member("Where", "BoxAddress") + structure("BoxAddress"),
        "type.BoxAddress",
        "BoxAddress is also at boxes.toml:24: [type.BoxAddress]; rename one of them, or delete the duplicate",
    ),
    added(
        member("Sent", "SendLetterResponse") + structure("SendLetterResponse"),
        "operation.SendLetter",
        f"SendLetterResponse is also at letters.toml:{LINE + 3}: [type.SendLetterResponse]; rename one of them,"
        " or delete the duplicate",
    ),
    Mistake(
        ERRORS,
        "[error.NotFoundException]",
        '[error.TimeoutError]\nstatus = 408\ndoc = "Made up."\n\n[error.NotFoundException]',
        "error.TimeoutError",
        "TimeoutError becomes TimeoutError, which the package uses itself; rename it",
    ),
    Mistake(
        BOXES,
        "[type.BoxAddress.members.BoxName]",
        '[type.BoxAddress.members.Last]\ntype = "LetterSummary"\ndoc = "Made up."\n\n[type.BoxAddress.members.BoxName]',
        "",
        "domains need each other's types: boxes needs LetterSummary of letters; letters needs BoxAddress of boxes; "
        "move types from one file to the other",
    ),
    Mistake(
        BOXES,
        'doc = "Take a box down."',
        'doc = "Takes a box down"',
        "operation.DeleteBox",
        "has a doc that is not a whole sentence; describe it; end with a full stop",
    ),
    Mistake(
        LETTERS,
        'doc = "Its bytes."',
        'doc = ""',
        "type.Photo.members.Data",
        "has a doc that is not a whole sentence; describe it; end with a full stop",
    ),
    Mistake(
        LETTERS,
        '"Sent, and not there yet."',
        '""',
        "enum.LetterStatus",
        "ON_ITS_WAY has a description that is not a whole sentence; describe it",
    ),
    Mistake(
        ERRORS,
        'retry = "transient"',
        'retry = "later"',
        "error.ServiceUnavailable",
        "retry is 'later'; use throttling or transient, or leave it out",
    ),
    Mistake(
        BOXES,
        'pattern = "[a-z]+"',
        'pattern = "[a-z+"',
        "type.BoxAddress.members.BoxName",
        "the pattern is not a regular expression: unterminated character set at position 0; correct it",
    ),
    Mistake(
        LETTERS,
        'item = { pattern = "\\\\d+" }',
        'item = { pattern = "(" }',
        "type.LetterSummary.members.Marks",
        "the pattern is not a regular expression: missing ), unterminated subpattern at position 0; correct it",
    ),
    Mistake(
        LETTERS,
        "{ item = { max_line = 80 } }",
        "{ item = { max_bytes = 80 } }",
        "type.Payment.members.Proof",
        "the prose limit max_bytes says nothing about a blob; use one of max_line",
    ),
    Mistake(
        LETTERS,
        "{ item = { max_line = 80 } }",
        '{ item = { pattern = "[a-z]" } }',
        "type.Payment.members.Proof",
        "has an unknown key 'pattern'; use one of item, key, max, max_bytes, max_items, max_length, max_line, min, "
        "min_items, min_length, reserved_prefix, unique, value",
    ),
    Mistake(
        LETTERS,
        "min_length = 1\nprose_limits = { max_length = 8 }",
        "max_length = 9\nprose_limits = { max_length = 8 }",
        "type.Coin.members.Number",
        "has max_length as a formal limit and as one of the prose; remove one of them",
    ),
    Mistake(
        LETTERS,
        'unique = "Number"',
        'unique = "Colour"',
        "type.Payment.members.Coins",
        "unique names Colour, which is not a member; name a member of the type in the list",
    ),
    Mistake(
        LETTERS,
        'type = "integer"\nprose_limits = { min = 1 }',
        'type = "integer"\nrequired = true\nprose_limits = { min = 1 }',
        "type.Payment",
        "is a union with a required member; take required out of its members",
    ),
    Mistake(
        LETTERS,
        'members = ["From", "Text"]',
        'members = ["From", "Photo"]',
        "type.Letter",
        "together does not name members that can be counted; name two or more members of it, all strings or all lists",
    ),
    Mistake(
        LETTERS,
        'members = ["From", "Text"], max = 1010',
        'members = ["From", "Text"]',
        "type.Letter.together",
        "has no max; add max = ...",
    ),
    Mistake(
        LETTERS,
        'only = "Copy"',
        'only = "Print"',
        "operation.GetLetter",
        "domains is not about two arguments; name the identity, which is required, and another one",
    ),
    Mistake(
        LETTERS,
        'domains = { identity = "LetterId", only = "Copy" }',
        'domains = { only = "Copy" }',
        "operation.GetLetter.domains",
        "has no identity; add identity = ...",
    ),
    Mistake(
        LETTERS,
        'end = "SentBefore"',
        'end = "PageSize"',
        "operation.ListLetters",
        "span is not between two arguments; name two arguments that are timestamps",
    ),
    Mistake(
        LETTERS,
        'member = "Statuses", rate = 20',
        'member = "PageSize", rate = 20',
        "operation.ListLetters",
        "weight is not the weight of an argument; name an argument that is a list, and write the rate of the calls, "
        "too",
    ),
    Mistake(
        LETTERS,
        "max_length = 1000",
        "max = 1000",
        "type.Letter.members.Text",
        "max says nothing about a string; use one of max_length, min_length, pattern, or correct the type",
    ),
    Mistake(
        LETTERS,
        "value = { max_length = 20 }",
        "value = { max_items = 20 }",
        "type.Letter.members.Labels",
        "max_items says nothing about a string; use one of max_length, min_length, pattern, or correct the type",
    ),
    Mistake(
        LETTERS,
        'type = "blob"',
        'type = "blob"\nmax_length = 5',
        "type.Photo.members.Data",
        "max_length says nothing about a blob; use one of none, or correct the type",
    ),
    Mistake(
        WAITERS,
        'operation = "GetLetter"\nsubject = "the letter"\nstatus = "Summary.Status"\ndone = ["handed-over"]',
        'operation = "GetBox"\nsubject = "the letter"\nstatus = "Summary.Status"\ndone = ["handed-over"]',
        "waiter.LetterRead",
        "waits for GetBox, which is not an operation; name an operation of the specification",
    ),
    Mistake(
        WAITERS,
        'failed = ["LOST"]',
        'failed = ["LOST", "STOLEN"]',
        "waiter.LetterDelivered",
        "STOLEN is not a value of the status; correct it, or add it to unlisted",
    ),
    Mistake(
        WAITERS,
        'unlisted = ["PUT_ASIDE"]',
        'unlisted = ["PUT_ASIDE", "LOST"]',
        "waiter.LetterDelivered",
        "unlisted has LOST, which it need not have; remove it",
    ),
    Mistake(
        WAITERS,
        'done_if = "Read"',
        'done_if = "Trouble"',
        "waiter.LetterDelivered",
        "done_if is 'Trouble', which leads to no such member; name members of the response, separated by dots, down to "
        "a boolean",
    ),
    Mistake(
        WAITERS,
        'reason = "Trouble"',
        'reason = "Trouble.Cause"',
        "waiter.LetterDelivered",
        "reason is 'Trouble.Cause', which leads to no such member; name members of the response, separated by dots, "
        "down to a string or enum",
    ),
    Mistake(
        WAITERS,
        "max_delay = 1200",
        "max_delay = 0",
        "waiter.LetterDelivered",
        "max_delay is 0; write seconds from 1 to 86400",
    ),
    Mistake(
        WAITERS,
        "[waiter.LetterRead]",
        "[waiter.Letter_Delivered]",
        "waiter.Letter_Delivered",
        "Letter_Delivered and LetterDelivered both become wait_until_letter_delivered; rename one of them",
    ),
    Mistake(
        OVERRIDES,
        "[model.LetterSummary]",
        "[model.DeleteBoxResponse]",
        "model.DeleteBoxResponse",
        "there is no model DeleteBoxResponse; name a type, or <Operation>Response of an operation that has output",
    ),
    Mistake(
        LETTERS,
        'type = "list<LetterStatus>"\nin = "query"',
        'type = "list<BoxAddress>"\nin = "query"',
        "operation.ListLetters.input.Statuses",
        "travels in the query, which can't hold a list<BoxAddress>; change in",
    ),
    Mistake(
        LETTERS, "rate = 1", "rate = -1", "operation.ListLetters", "rate is -1; write the calls per second, at least 1"
    ),
    Mistake(
        LETTERS, "rate = 1", "rate = 0", "operation.ListLetters", "rate is 0; write the calls per second, at least 1"
    ),
    Mistake(
        BOXES,
        'path = "/v1/boxes',
        'path = "v1/boxes',
        "operation.DeleteBox",
        "path is 'v1/boxes/{BoxName}'; begin it with /",
    ),
    Mistake(
        LETTERS,
        "min = 1\nmax = 100",
        "min = 101\nmax = 100",
        "operation.ListLetters.input.PageSize",
        "min is 101, above max of 100; correct one of them",
    ),
    Mistake(
        LETTERS,
        "key = { min_length = 1 }",
        "key = { min_length = 3, max_length = 2 }",
        "type.Letter.members.Labels",
        "min_length is 3, above max_length of 2; correct one of them",
    ),
    Mistake(
        LETTERS,
        "[type.Letter.members.Text]\n",
        '[type.Letter.members.Text]\nwire = "To"\n',
        "type.Letter.members.Text",
        "has the wire name To, as To has; correct wire",
    ),
    Mistake(
        LETTERS,
        'in = "query"\ndoc = "Leaves out',
        'in = "query"\nwire = "Status"\ndoc = "Leaves out',
        "operation.ListLetters.input.SentAfter",
        "has the wire name Status, as Statuses has; correct wire",
    ),
    Mistake(
        LETTERS,
        "that `Letter` names",
        "that `Ltter` names",
        "operation.SendLetter",
        'names `Ltter`, which is not defined; correct it, or write a value that no enum has as `"value"`',
    ),
    Mistake(
        LETTERS,
        '"The receiver has it."',
        '"The `receiver` has it."',
        "enum.LetterStatus",
        'names `receiver`, which is not defined; correct it, or write a value that no enum has as `"value"`',
    ),
    Mistake(
        LETTERS,
        'LOST = { error = "NotFoundException"',
        'LOST = { error = "LetterLost"',
        "enum.LetterStatus",
        "LOST means the error LetterLost, which is not defined; add [error.LetterLost] to errors.toml",
    ),
    Mistake(
        LETTERS,
        'type = "string"\nin = "query"\ndoc = "The token of the page before."',
        'type = "string"\ndoc = "The token of the page before."',
        "operation.ListLetters.input.NextToken",
        'travels in the body, which a GET does not have; write in = "query"',
    ),
    Mistake(
        ERRORS,
        'group = "AccessError"',
        'group = "DeniedError"',
        "error.NotFoundException",
        "group is 'DeniedError', which is not a hand-written error; name a class of sesv2kit/_core/exceptions.py",
    ),
    Mistake(
        LETTERS,
        'aliases = ["MISSING"]',
        'aliases = ["NoSuchThing"]',
        "enum.LetterStatus",
        "NoSuchThing means both NotFoundException and NotFoundException; remove it from one of them",
    ),
]
"""What the checking of a specification that could be read reports."""


@pytest.mark.parametrize("mistake", [*UNREADABLE, *WRONG], ids=lambda mistake: f"{mistake.table} {mistake.report}"[:80])
def test_a_mistake_is_reported_with_its_place_and_what_to_do(mistake: Mistake, tmp_path: Path) -> None:
    reported = make(tmp_path / "tiny", mistake)
    assert reported == [expected(tmp_path / "tiny", mistake)]


def test_syntax_that_is_not_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    broken = Mistake(BOXES, 'kind = "idempotent"', "kind = idempotent", "", "")
    [line] = make(tmp_path / "tiny", broken)
    assert line.startswith("boxes.toml:6: is not TOML: ")
    assert line.endswith("; correct the syntax")


def test_a_file_that_ends_too_early_is_reported_with_its_last_line(tmp_path: Path) -> None:
    broken = Mistake(ERRORS, 'doc = "The post office is shut."', 'doc = "', "", "")
    [line] = make(tmp_path / "tiny", broken)
    assert line.startswith("errors.toml:14: is not TOML: ")


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("old-boxes", "old-boxes becomes old-boxes, which is not a name in Python; rename it"),
        ("aio", "aio becomes aio, which the package uses itself; rename it"),
    ],
)
def test_a_file_whose_name_can_be_no_module_is_reported(name: str, report: str, tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    (tmp_path / "tiny" / BOXES).rename(tmp_path / "tiny" / "spec" / f"{name}.toml")
    assert make(tmp_path / "tiny") == [f"{name}.toml:1: {report}"]


@pytest.mark.parametrize("mistakes", [UNREADABLE, WRONG], ids=["reading", "checking"])
def test_mistakes_in_several_files_are_reported_together(mistakes: list[Mistake], tmp_path: Path) -> None:
    by_file = [
        next(mistake for mistake in mistakes if mistake.file == file) for file in (BOXES, ERRORS, LETTERS, OVERRIDES)
    ]
    reported = make(tmp_path / "tiny", *by_file)
    assert sorted(reported) == sorted(expected(tmp_path / "tiny", mistake) for mistake in by_file)


def test_a_waiter_of_an_operation_that_changes_something_is_reported(tmp_path: Path) -> None:
    path = 'path = "/v1/letters/{LetterId}"\n'
    wrong = Mistake(LETTERS, f'{path}kind = "read"', f'{path}kind = "write"', "", "")
    reported = make(tmp_path / "tiny", wrong)
    remedy = 'name an operation of kind "read", as it is called again and again'
    assert [line.partition("]: ")[2] for line in reported] == [
        f"waits for GetLetter, whose kind is 'write'; {remedy}",
        f"waits for GetLetter, whose kind is 'write'; {remedy}",
    ]


def test_the_reserved_names_are_those_that_the_package_uses(spec: Spec) -> None:
    operations = {snake_case(operation.name) for operation in spec.operations()}
    attributes = {name for name in (*dir(SESv2Client), *dir(AsyncSESv2Client)) if not name.startswith("_")}
    iterators = {iterator_name(operation.name) for operation in spec.operations() if operation.page}
    waiters = {waiter_name(waiter.name) for waiter in spec.waiters}
    assert attributes - operations - iterators - waiters == check.RESERVED_METHODS
    assert set(errors.__all__) - {error.name for error in spec.errors} == check.RESERVED_ERRORS
    generated = {structure.name for structure in spec.structures()} | {enum.name for enum in spec.enums()}
    generated |= {f"{operation.name}Response" for operation in spec.operations()}
    assert set(models.__all__) - generated < check.RESERVED_MODELS
