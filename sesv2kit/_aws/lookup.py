"""Looks settings up: in the caller's session, the environment, and the profile of the shared AWS files."""

import os
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, cast

from .._core.exceptions import ConfigurationError
from .._core.lazy import lazy_property
from .._core.model import is_mapping
from .botocore import botocore

T = TypeVar("T")

_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False, "": False}


class _Profile:
    """The settings in the shared AWS files."""

    __slots__ = ("keys", "services")

    def __init__(self, keys: Mapping[str, Any] | None = None, services: Mapping[str, Any] | None = None) -> None:
        self.keys: Mapping[str, Any] = dict[str, Any]() if keys is None else keys
        """The profile's keys, secrets among them; those of the credentials file win, as in botocore."""
        self.services: Mapping[str, Any] = dict[str, Any]() if services is None else services
        """All `services` sections, by name."""


class SettingsLookup:
    """Looks settings up: an argument wins over the caller's session, the environment, and the profile.

    Args:
        profile: The name of the profile to read; None for AWS_PROFILE, or else the default one.
        session: The boto3 or botocore session of the caller; None for one of the package's own.
    """

    def __init__(self, profile: str | None, session: Any) -> None:
        self._named_profile = profile
        self._given_session = session

    @lazy_property
    def session(self) -> Any:
        """The caller's boto3 or botocore session, or else a new botocore session."""
        if self._given_session is not None:
            return self._given_session
        return botocore("session").Session(profile=self._named_profile)

    def text(self, argument: str | None, variables: tuple[str, ...], key: str) -> str | None:
        """Return a setting.

        Args:
            argument: What the caller passed.
            variables: The environment variables that set it, the first one first.
            key: The key of a profile, or of a session.
        """
        if argument is not None:
            return argument
        value = self._session_settings.get(key)
        if value is not None:
            return str(value)
        for variable in variables:
            if os.environ.get(variable):
                return os.environ[variable]
        value = self._profile.keys.get(key)
        return str(value) if value is not None else None

    def boolean(self, argument: bool | None, variable: str, key: str) -> bool:
        """Return a setting that is true or false, see `text`."""
        if argument is not None:
            return argument
        text = self.text(None, (variable,), key) or ""
        if text.lower() not in _BOOLEANS:
            raise ConfigurationError(f"{variable}, or {key} of the AWS profile, must be true or false, is {text!r}")
        return _BOOLEANS[text.lower()]

    def endpoint_url(self) -> tuple[str | None, str]:
        """Return the endpoint URL of the environment or the profile, as it was written, and where it was found."""
        for variable in ("AWS_ENDPOINT_URL_SESV2", "AWS_ENDPOINT_URL"):
            if url := os.environ.get(variable):
                return url, variable
        url = self._service_section.get("endpoint_url") or self._profile.keys.get("endpoint_url")
        return url or None, "the endpoint_url of the AWS profile"

    @lazy_property
    def _service_section(self) -> Mapping[str, str]:
        """The settings of SESv2 in the `services` section that the profile names; empty if it names none."""
        name = self._profile.keys.get("services")
        if name is None:
            return {}
        services = self._profile.services.get(name)
        if not services:
            raise ConfigurationError(f"the AWS profile names the services section {name!r}, which does not exist")
        section = services.get("sesv2", {})
        if not is_mapping(section):
            raise ConfigurationError(f"sesv2 in the services section {name!r} must have lines of its own, indented")
        return cast("Mapping[str, str]", section)

    @lazy_property
    def _session_settings(self) -> Mapping[str, Any]:
        """The settings of the caller's session. Its region is the one that the session itself resolves."""
        session = self._given_session
        if session is None:
            return {}
        if not _is_botocore_session(session):
            return {"region": _read(lambda: getattr(session, "region_name", None))}
        return _read(lambda: {**session.instance_variables(), "region": session.get_config_variable("region")})

    @lazy_property
    def _profile(self) -> _Profile:
        """The settings in the shared files; empty without files, so that botocore is not loaded for nothing."""
        session = self._given_session
        if session is None and self._named_profile is None and not _names_profile() and not _has_shared_file():
            return _Profile()
        return _read(self._read_profile)

    def _read_profile(self) -> _Profile:
        session = self.session
        if _is_botocore_session(session):
            return _Profile(session.get_scoped_config(), session.full_config.get("services", {}))
        # A boto3 session reveals only the name of its profile.
        files: Mapping[str, Any] = botocore("session").Session().full_config
        keys = files["profiles"].get(getattr(session, "profile_name", "default"), {})
        return _Profile(keys, files.get("services", {}))


def _read(function: Callable[[], T]) -> T:
    """Return the result of a function that reads the shared files.

    The original error is dropped: its frames hold every profile, secret keys included.
    """
    try:
        return function()
    except botocore("exceptions").BotoCoreError as error:
        failure = ConfigurationError(f"the AWS profile can't be read: {error}")
    raise failure


def _is_botocore_session(session: Any) -> bool:
    return hasattr(session, "get_scoped_config")


def _names_profile() -> bool:
    return "AWS_PROFILE" in os.environ or "AWS_DEFAULT_PROFILE" in os.environ


def _has_shared_file() -> bool:
    names = (
        os.environ.get("AWS_CONFIG_FILE") or "~/.aws/config",
        os.environ.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials",
    )
    # Not pathlib's functions: they raise without a home directory, or without permission to read it.
    return any(os.path.isfile(os.path.expanduser(os.path.expandvars(name))) for name in names)  # noqa: PTH111, PTH113
