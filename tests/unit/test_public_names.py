"""The names that people import, and what importing them loads."""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from inspect import getattr_static, isclass, isfunction, unwrap
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Literal, get_type_hints

import pytest
from support.unit import OPERATIONS

import sesv2kit
import sesv2kit.models
from sesv2kit import AsyncSESv2Client, SESv2Client, bulk, compose, errors, models
from sesv2kit._api import DOMAINS
from sesv2kit._core.model import Model, OpenEnum, Response


def loaded_by(code: str) -> set[str]:
    """Run code in a fresh interpreter, and return the modules that it has loaded; those of coverage do not count."""
    program = f"""
import sys
before = set(sys.modules)
{code}
import json
print(json.dumps(sorted(sys.modules.keys() - before)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def domains(modules: set[str]) -> set[str]:
    """Return which domains' models are among the modules."""
    return {module.removeprefix("sesv2kit.models.") for module in modules if module.startswith("sesv2kit.models.")}


def rows(modules: set[str]) -> set[str]:
    """Return which domains' rows of operations are among the modules."""
    return {name for name in (*DOMAINS, "waiters") if f"sesv2kit._api.{name}" in modules}


# Names -------------------------------------------------------------------------------------------


def test_the_package_lists_its_names_and_nothing_else() -> None:
    assert dir(sesv2kit) == sorted(sesv2kit.__all__)


def test_the_package_exports_these_names() -> None:
    assert sorted(sesv2kit.__all__) == [
        "AsyncCredentialsProvider",
        "AsyncPaginator",
        "AsyncSESv2Client",
        "AttemptInfo",
        "CallInfo",
        "Credentials",
        "CredentialsProvider",
        "Hook",
        "Paginator",
        "RequestOptions",
        "ResponseMetadata",
        "SESv2Client",
        "SendRate",
        "__version__",
        "errors",
        "models",
    ]
    for name in sesv2kit.__all__:
        assert getattr(sesv2kit, name) is not None


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    for module in (sesv2kit, models):
        with pytest.raises(AttributeError, match="Nope"):
            _ = module.Nope


def test_the_errors_export_these_names() -> None:
    assert set(errors.__all__) == {
        "SESv2Error",
        "ParamValidationError",
        "Problem",
        "ConfigurationError",
        "CredentialsError",
        "TransportError",
        "ConnectError",
        "TimeoutError",
        "ConnectionLostError",
        "AmbiguousSendError",
        "ResponseError",
        "WaiterError",
        "WaiterFailedError",
        "WaiterTimeoutError",
        "BulkStoppedError",
        "JournalError",
        "APIError",
        "APIClientError",
        "APIServerError",
        "ThrottledError",
        "QuotaExceededError",
        "AccessError",
        "SendingStoppedError",
        *{cls.__name__ for cls in errors.BY_CODE.values()},
    }


def test_the_module_for_bulk_mail_exports_these_names() -> None:
    assert sorted(import_module("sesv2kit.bulk").__all__) == [
        "AsyncBulkSender",
        "BulkItem",
        "BulkSender",
        "BulkStoppedError",
        "EntryRecord",
        "Journal",
        "JournalError",
        "KnownEntry",
        "MailingIdentity",
        "Outcome",
        "OutcomeFile",
        "Preflight",
        "Progress",
        "Report",
        "tqdm_bar",
    ]


def test_the_module_for_events_exports_these_names() -> None:
    kinds = (
        "Send Delivery Bounce Complaint Reject Open Click RenderingFailure DeliveryDelay Subscription Account Unknown"
    )
    verifying = {"Notification", "SignatureError", "SNSVerifier", "SubscriptionConfirmation", "UnsubscribeConfirmation"}
    receiving = {"Reply", "Webhook", "asgi", "django", "lambda_handler"}
    using = {"AsyncSuppressor", "EventCounts", "Suppressor", "advance", "message_id_header", "ses_message_id"}
    exported = import_module("sesv2kit.events").__all__
    assert {f"{kind}Event" for kind in kinds.split()} | {"Event", "EventError", "parse"} <= set(exported)
    assert verifying | receiving | using <= set(exported)
    for name in set(exported) - {"django"}:  # which needs Django
        assert getattr(import_module("sesv2kit.events"), name) is not None


PUBLIC = (
    "sesv2kit",
    "sesv2kit.bulk",
    "sesv2kit.compose",
    "sesv2kit.convert",
    "sesv2kit.errors",
    "sesv2kit.events",
    "sesv2kit.fleet",
    "sesv2kit.fleet.celery",
    "sesv2kit.fleet.procrastinate",
    "sesv2kit.local",
    "sesv2kit.models",
    "sesv2kit.otel",
    "sesv2kit.testing",
)


def public_functions(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield the public functions, classes and methods of a module, and the constructors of its classes."""
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
    for name in getattr(module, "__all__", own):
        if (module.__name__, name) == ("sesv2kit.events", "django"):  # which needs Django
            continue
        value = getattr(module, name)
        if isclass(value):
            yield name, value
            for member in (member for member in dir(value) if member == "__init__" or not member.startswith("_")):
                function = unwrap(getattr_static(value, member))
                yield f"{name}.{member}", function.fget if isinstance(function, property) else function
        elif not name.startswith("_"):
            yield name, unwrap(value)


@pytest.mark.parametrize("name", PUBLIC)
def test_the_types_of_arguments_and_results_can_be_found_at_run_time(name: str) -> None:
    count = 0
    for place, function in public_functions(import_module(name)):
        is_for_clients = place == "SendRate.reserve"  # its result is a class that needs Redis
        if (isfunction(function) or isclass(function)) and not is_for_clients:
            try:
                get_type_hints(function)
            except NameError as error:
                pytest.fail(f"{name}.{place}: {error}")
            count += 1
    assert count


def test_the_models_export_every_type_enum_and_response() -> None:
    homes = [import_module(f"sesv2kit.models.{module.name}") for module in iter_modules(models.__path__)]
    defined = {
        name: value
        for home in homes
        for name, value in vars(home).items()
        if isinstance(value, type) and issubclass(value, Model | OpenEnum) and value.__module__ == home.__name__
    }
    assert set(models.__all__) == {*defined, "EmptyResponse", "from_wire", "to_wire"}
    assert dir(models) == models.__all__
    for name, value in defined.items():
        assert getattr(models, name) is value


def test_the_models_have_these_kinds_of_names() -> None:
    assert {
        "BulkEmailStatus",
        "Destination",
        "EmailContent",
        "EmptyResponse",
        "SendBulkEmailResponse",
        "TlsPolicy",
    } <= set(models.__all__)
    assert not [name for name in models.__all__ if name.endswith("Request")]
    answers = {operation.output().__name__ for operation in OPERATIONS} - {"EmptyResponse"}
    assert answers == {name for name in models.__all__ if name.endswith("Response")} - {"EmptyResponse"}
    for name in answers:
        assert issubclass(getattr(models, name), Response)


def test_from_models_import_star_gives_every_name() -> None:
    namespace: dict[str, Any] = {}
    exec("from sesv2kit.models import *", namespace)
    assert set(models.__all__) <= set(namespace)


# What importing loads ----------------------------------------------------------------------------


def test_importing_the_package_loads_neither_botocore_nor_a_model() -> None:
    modules = loaded_by("import sesv2kit\nassert sesv2kit.errors and sesv2kit.models and sesv2kit.Credentials")
    assert not [module for module in modules if module.split(".")[0] in ("botocore", "boto3", "trio", "respx")]
    assert domains(modules) == set()
    assert "sesv2kit.models" in modules


def test_events_are_loaded_when_they_are_imported_and_load_nothing_for_http_or_signatures() -> None:
    assert "sesv2kit.events" not in loaded_by("import sesv2kit")
    modules = loaded_by('from sesv2kit import events\nevents.parse(\'{"eventType": "Send"}\')')
    assert "sesv2kit.events" in modules
    unwanted = ("httpx", "botocore", "cryptography", "django")
    assert not [module for module in modules if module.split(".")[0] in unwanted]


def test_making_and_closing_a_client_loads_neither_botocore_nor_a_model() -> None:
    code = """
from sesv2kit import Credentials, Hook, SESv2Client
with SESv2Client(region="eu-west-1"): pass
url, proxy = "http://localhost:4566/ses", "http://ann:secret@proxy.example:3128"
with SESv2Client(credentials=Credentials("a", "b"), endpoint_url=url, proxy=proxy, hooks=[Hook()]): pass
"""
    modules = loaded_by(code)
    assert not {"botocore", "httpx"} & modules
    assert domains(modules) == set()


def test_a_model_loads_its_domain_and_what_that_needs() -> None:
    assert domains(loaded_by("from sesv2kit import models\nmodels.Tag")) == {"tags"}
    assert domains(loaded_by("from sesv2kit.models import Destination")) == {"messages"}
    assert domains(loaded_by("from sesv2kit.models import to_wire, from_wire, EmptyResponse")) == set()


def test_a_call_with_credentials_of_the_environment_loads_no_session_of_botocore() -> None:
    code = """
import os
import httpx
os.environ.update(AWS_REGION="eu-west-1", AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b")
from sesv2kit import SESv2Client
transport = httpx.MockTransport(lambda request: httpx.Response(200, json={}))
SESv2Client(http_client=httpx.Client(transport=transport)).get_contact_list(contact_list_name="news")
"""
    modules = loaded_by(code)
    assert "botocore.auth" in modules
    assert "botocore.session" not in modules
    assert domains(modules) <= {"contacts", "tags"}


_FIRST_SEND = """
import os, socket, sys, threading

sys.modules["awscrt"] = None  # botocore loads it wherever it is installed, and it loads asyncio

def serve():
    connection, _ = server.accept()
    data = b""
    while not data.endswith(b"}"):
        data += connection.recv(65536)
    connection.sendall(b'HTTP/1.1 200 OK\\r\\ncontent-length: 18\\r\\n\\r\\n{"MessageId": "1"}')

server = socket.create_server(("127.0.0.1", 0))
thread = threading.Thread(target=serve)
thread.start()
os.environ.update(AWS_REGION="eu-west-1", AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b")
import sesv2kit
from sesv2kit._api import DOMAINS
from sesv2kit import models
body = models.Body(text=models.Content(data="Hi Ann"))
content = models.EmailContent(simple=models.Message(subject=models.Content(data="Hello"), body=body))
url = f"http://127.0.0.1:{server.getsockname()[1]}"
"""
_SYNC_SEND = """
with sesv2kit.SESv2Client(endpoint_url=url) as ses:
    assert ses.send_email(from_email_address="shop@example.com", content=content).message_id
thread.join()
"""
_ASYNC_SEND = """
import asyncio

async def main():
    async with sesv2kit.AsyncSESv2Client(endpoint_url=url) as ses:
        assert (await ses.send_email(from_email_address="shop@example.com", content=content)).message_id

asyncio.run(main())
thread.join()
"""
_NEEDLESS = ("cattrs", "httpx", "trio", "h11", "html", "difflib")


def test_a_first_send_loads_only_what_it_needs() -> None:
    modules = loaded_by(_FIRST_SEND + _SYNC_SEND)
    assert domains(modules) == {"messages"}
    assert rows(modules) == {"messages"}
    assert modules.isdisjoint({*_NEEDLESS, "asyncio", "botocore.session"})
    assert modules.isdisjoint({"sesv2kit._api.aio", "sesv2kit.client._aio", "sesv2kit._transport.asyncio_pool"})


def test_rows_of_a_domain_that_does_not_exist_are_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        getattr(import_module("sesv2kit._api"), "nonsense")  # noqa: B009 -- type checkers know that it does not exist


def test_a_first_asynchronous_send_loads_only_what_it_needs() -> None:
    modules = loaded_by(_FIRST_SEND + _ASYNC_SEND)
    assert modules.isdisjoint({*_NEEDLESS, "botocore.session", "sesv2kit._api.sync", "sesv2kit.client._sync"})


def test_the_annotations_of_a_client_are_types_at_run_time() -> None:
    for cls in (SESv2Client, AsyncSESv2Client):
        assert get_type_hints(cls.__init__)["retry_mode"] == Literal["standard", "adaptive", "off"] | None


@pytest.mark.parametrize("module", [bulk, compose], ids=lambda module: module.__name__)
def test_the_annotations_of_public_functions_and_classes_are_types_at_run_time(module: ModuleType) -> None:
    for public in (getattr(module, name) for name in module.__all__):
        if isfunction(public) or isinstance(public, type):
            get_type_hints(public)
