"""The credentials chain: environment variables first, then botocore's resolver."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from .._core.exceptions import CredentialsError
from .botocore import botocore
from .credentials import Credentials, MfaPrompt


def from_environment() -> Credentials | None:
    """Return the credentials of AWS_ACCESS_KEY_ID and its companions; None if they are not set."""
    # No secret is in a local variable when an error is raised: error trackers record those.
    found = Credentials(
        os.environ.get("AWS_ACCESS_KEY_ID") or "",
        os.environ.get("AWS_SECRET_ACCESS_KEY") or "",
        os.environ.get("AWS_SESSION_TOKEN") or os.environ.get("AWS_SECURITY_TOKEN") or None,
    )
    if not found.access_key or not found.secret_key:
        return None
    end = os.environ.get("AWS_CREDENTIAL_EXPIRATION")
    try:
        return attrs.evolve(found, expires_at=datetime.fromisoformat(end)) if end else found
    except ValueError:
        raise CredentialsError(f"AWS_CREDENTIAL_EXPIRATION must be a time in ISO 8601, is {end!r}") from None


class Chain:
    """Finds credentials if the caller passed none.

    Args:
        session: Returns the botocore session, or the boto3 session of the caller.
        uses_environment: Whether the environment's keys count; they don't if a profile or a session was passed.
        owns_session: Whether the client made the session; a session of the caller keeps its own resolver.
        region: Returns the region for the calls that find credentials, such as AssumeRole.
        mfa_prompt: Prompts for the code of an MFA device, for a profile whose role requires one.
    """

    def __init__(
        self,
        session: Callable[[], Any],
        *,
        uses_environment: bool,
        owns_session: bool,
        region: Callable[[], str | None],
        mfa_prompt: MfaPrompt | None,
    ) -> None:
        self._session = session
        self._uses_environment = uses_environment
        self._owns_session = owns_session
        self._region = region
        self._mfa_prompt = mfa_prompt

    def from_environment(self) -> Credentials | None:
        """Return the environment's credentials; None if there are none, or if they don't count."""
        return from_environment() if self._uses_environment else None

    def load(self) -> Any:
        """Return credentials, of botocore's classes or ours. May block.

        Raises:
            CredentialsError: There are none.
        """
        found: Any = self.from_environment()
        if found is None:
            session = self._session()
            found = self._resolver(session).load_credentials() if self._owns_session else session.get_credentials()
        if found is None:
            raise CredentialsError(
                "no AWS credentials were found: pass credentials=, set AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, or set up a profile"
            )
        return found

    def _resolver(self, session: Any) -> Any:
        """Return a new credential resolver of botocore, with an empty cache and the caller's MFA prompt.

        Only its AssumeRoleProvider is replaced: botocore's own would prompt at the terminal.
        """
        module = botocore("credentials")
        cache: dict[str, Any] = {}
        region = self._region()

        def make_client(service: str, **settings: Any) -> Any:
            return session.create_client(service, **({"region_name": region} | settings))

        resolver = module.create_credential_resolver(session, cache=cache, region_name=region)
        methods = [provider.METHOD for provider in resolver.providers]
        sources = [module.EnvProvider(), resolver.get_provider("container-role"), resolver.get_provider("iam-role")]
        resolver.providers[methods.index("assume-role")] = module.AssumeRoleProvider(
            load_config=lambda: session.full_config,
            client_creator=make_client,
            cache=cache,
            profile_name=session.get_config_variable("profile") or "default",
            prompter=self._prompt_for_code,
            credential_sourcer=module.CanonicalNameCredentialSourcer(sources),
            profile_provider_builder=module.ProfileProviderBuilder(session, cache=cache, region_name=region),
        )
        return resolver

    def _prompt_for_code(self, prompt: str) -> str:
        if self._mfa_prompt is None:
            raise CredentialsError(
                "the profile's role requires the code of an MFA device: pass mfa_prompt=, a function that takes the "
                "prompt to show and returns the code"
            )
        try:
            return str(self._mfa_prompt(prompt))
        except Exception as error:
            raise CredentialsError(f"mfa_prompt failed: {type(error).__name__}") from error


# Errors of botocore that name settings and files. The others may quote the output of a program or a server.
_SAFE_TO_QUOTE = frozenset(
    {
        "ConfigNotFound",
        "ConfigParseError",
        "InfiniteLoopConfigError",
        "InvalidConfigError",
        "MissingDependencyException",
        "NoRegionError",
        "PartialCredentialsError",
        "ProfileNotFound",
        "RefreshWithMFAUnsupportedError",
        "SSOTokenLoadError",
        "UnauthorizedSSOTokenError",
        "UnknownCredentialError",
    }
)


def describe(error: Exception) -> str | None:
    """Return the message of an error of botocore, without anything that may be a secret; None for other errors."""
    exceptions = botocore("exceptions")
    name = type(error).__name__
    if isinstance(error, exceptions.ClientError):
        client_error: Any = error
        details = client_error.response.get("Error", {})
        # Further lines quote the request, session token included.
        message = str(details.get("Message", "")).partition("\n")[0]
        return f"{client_error.operation_name}: {details.get('Code')}: {message}"
    if isinstance(error, RuntimeError) and str(error).endswith("refreshed credentials are still expired."):
        return "the new ones have expired already"
    if not isinstance(error, exceptions.BotoCoreError):
        return None
    if name in _SAFE_TO_QUOTE:
        return str(error)
    failed: Any = error
    provider = failed.kwargs.get("provider")
    if provider == "custom-process":
        return "credential_process failed; run the command of the profile by hand to see why"
    return f"{name} ({provider})" if provider else name
