"""What both clients share: the constructor, and the resolved settings."""

from collections.abc import Sequence
from os import PathLike
from typing import Any, Generic, NoReturn, TypeVar

from .._aws.account_id import account_id
from .._aws.arguments import Arguments
from .._aws.config import Config
from .._aws.credentials import Credentials, CredentialsLike, MfaPrompt
from .._call.hooks import Hook, check_hooks
from .._call.options import RequestOptions, check_options, check_send_rate
from .._call.shared import Shared
from .._call.steps import LoadCredentials, Steps
from .._core.exceptions import ConfigurationError
from .._core.operation import Operation
from .._core.settings import RetryMode
from .._core.timeout import DEFAULT_TIMEOUT, Timeout, bounded, phases
from .._rate.limiter import RateLimits
from .._rate.send_rate import SendRate, SendRateLike
from .._transport.choice import HttpT, Settings

T = TypeVar("T")


class Client(Generic[HttpT]):
    """What both clients share: the constructor, and the resolved settings."""

    def __init__(
        self,
        *,
        region: str | None = None,
        profile: str | None = None,
        credentials: CredentialsLike | None = None,
        session: Any = None,
        endpoint_url: str | None = None,
        use_fips: bool | None = None,
        use_dualstack: bool | None = None,
        retry_mode: RetryMode | None = None,
        max_attempts: int | None = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        call_timeout: float | None = None,
        check_limits: bool = True,
        obey_rate_limits: bool = False,
        send_rate: SendRateLike | None = None,
        hooks: Sequence[Hook] = (),
        http_client: HttpT | None = None,
        ca_bundle: str | PathLike[str] | None = None,
        proxy: str | None = None,
        mfa_prompt: MfaPrompt | None = None,
        user_agent_suffix: str | None = None,
    ) -> None:
        """Set the client up; nothing is read or opened before the first call.

        Args:
            region: The AWS region, for example `eu-west-1`. Default: AWS_REGION, AWS_DEFAULT_REGION, or the
                profile's `region`.
            profile: The profile of the shared AWS files. Default: AWS_DEFAULT_PROFILE, AWS_PROFILE, else `default`.
            credentials: `Credentials`, botocore credentials, an object with a method `load` that returns
                credentials, or a function that does. Default: the environment, then what botocore's resolver finds.
            session: A `boto3.Session` or botocore session to take region and credentials from; not together
                with `profile` or `credentials`.
            endpoint_url: A URL to call instead of the service's own. Default: AWS_ENDPOINT_URL_SESV2,
                AWS_ENDPOINT_URL, or the profile's `endpoint_url`.
            use_fips: Whether to call the FIPS endpoint. Default: AWS_USE_FIPS_ENDPOINT, the profile, False.
            use_dualstack: Whether to call the endpoint that also speaks IPv6. Default:
                AWS_USE_DUALSTACK_ENDPOINT, the profile, False.
            retry_mode: `standard` repeats what is safe to repeat, `adaptive` also slows down when throttled, and `off`
                repeats nothing. Default: AWS_RETRY_MODE, the profile's `retry_mode`, `standard`.
            max_attempts: The maximum number of requests of a call, the first included. Default:
                AWS_MAX_ATTEMPTS, the profile's `max_attempts`, 3.
            timeout: Seconds above 0 for each of connecting, writing, reading and waiting for a free connection, or an
                `httpx.Timeout`; None sets no limit. Default: 5 seconds to connect, 30 for each of the others.
            call_timeout: Seconds above 0 for a whole call, including its retries and the time between them. Default:
                None, no limit.
            check_limits: Whether values beyond a documented limit are refused before sending. Types and required
                members are checked either way. Default: True.
            obey_rate_limits: Whether the client spaces the calls of an operation, so that it does not exceed the calls
                per second that the operation's reference page allows. Default: False.
            send_rate: The maximum number of recipients per second: a number; `account` for the rate of the account,
                shared by all clients of this process with the same endpoint, region and account; or a `SendRate` that
                you share as you like. Default: None, no limit but the service's.
            hooks: Objects that run around every call and every attempt, see `Hook`. Default: none.
            http_client: An httpx client to send through, which you close. It does not notice when a server sends two
                responses to one request, and may report the second for the next. Default: the client's own pool.
            ca_bundle: The path of a PEM file with the certificate authorities to trust. Default: AWS_CA_BUNDLE,
                the profile's `ca_bundle`, REQUESTS_CA_BUNDLE, SSL_CERT_FILE, SSL_CERT_DIR, the certificates of certifi.
            proxy: The URL of an HTTP proxy; an empty one for none. Default: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, unless
                NO_PROXY names the endpoint's host.
            mfa_prompt: A function that takes a prompt and returns the code of an MFA device, for a profile whose role
                requires one. Default: none, and such a role is a CredentialsError.
            user_agent_suffix: Printable ASCII to add to the User-Agent header. Default: none.

        Raises:
            CredentialsError: The credentials lack a key, hold what can't be sent, or have expired.
            ConfigurationError: Another argument is not what it has to be, or the arguments don't fit together.
        """
        arguments = Arguments(
            region=region,
            profile=profile,
            credentials=credentials,
            session=session,
            endpoint_url=endpoint_url,
            use_fips=use_fips,
            use_dualstack=use_dualstack,
            retry_mode=retry_mode,
            max_attempts=max_attempts,
            timeout=timeout,
            call_timeout=call_timeout,
            check_limits=check_limits,
            obey_rate_limits=obey_rate_limits,
            user_agent_suffix=user_agent_suffix,
            ca_bundle=ca_bundle,
            proxy=proxy,
            mfa_prompt=mfa_prompt,
        )
        del credentials, endpoint_url, proxy  # they may hold secrets, and trackers record an error's local variables
        if http_client is not None and (ca_bundle is not None or arguments.proxy is not None):
            raise ConfigurationError("http_client= brings its own CA bundle and proxy; pass one or the other")
        check_send_rate(send_rate)
        self._config = Config(arguments)
        self._shared = Shared(
            config=self._config,
            get_account=_get_account,
            rate_limits=RateLimits() if obey_rate_limits else None,
            send_rate=send_rate,
        )
        self._open(http_client, check_hooks(hooks, Hook))

    def _open(self, http_client: HttpT | None, hooks: Sequence[Hook]) -> None:
        raise NotImplementedError

    def __reduce__(self) -> NoReturn:
        # A copy would share the connections, and credentials have no place in a file or another process.
        raise TypeError(f"{type(self).__name__} can't be pickled or copied; make a client in each process")

    @property
    def region(self) -> str | None:
        """The AWS region that was resolved; None if nothing names one."""
        return self._config.region

    @property
    def endpoint_url(self) -> str:
        """The URL that requests go to.

        Raises:
            ConfigurationError: No endpoint fits the settings.
        """
        return self._config.find_target(None).url

    @property
    def send_rate(self) -> SendRate | None:
        """The rate that the client's sends keep to; None without one.

        The rate of `account` is found with the first send, or the first `get_account`, and is None before.
        """
        return self.find_send_rate(self._shared.send_rate)

    def find_send_rate(self, setting: SendRateLike | None) -> SendRate | None:
        """Return the rate that the client's calls keep to when they are made with a setting.

        Args:
            setting: What a client and a call take as `send_rate`: a `SendRate`, which is returned as it is;
                recipients per second, for which all calls of this client share one `SendRate`; `account`; or None.

        Returns:
            SendRate | None: The rate. None for no limit, and for `account` before the first send, or the first
            `get_account`, with that setting.

        Raises:
            ConfigurationError: It is none of these.
        """
        check_send_rate(setting)
        return self._shared.find_send_rate(setting)

    def find_response_timeout(self, options: RequestOptions | None = None) -> float | None:
        """Return for how long a request waits for its response: the read timeout, or `call_timeout` if that is less.

        The body of a response has the read timeout for each of its pieces.

        Args:
            options: The call's own options, which replace those of the client. Default: None.

        Returns:
            float | None: Seconds; None if there is no limit.

        Raises:
            ParamValidationError: There is something wrong with the options.
        """
        given = check_options("find_response_timeout", options)
        read = phases(given.get("timeout", self._config.timeout)).read
        whole = bounded(given.get("call_timeout", self._config.call_timeout))
        return min((seconds for seconds in (read, whole) if seconds is not None), default=None)

    @property
    def check_limits(self) -> bool:
        """Whether values past a documented limit are refused before sending."""
        return self._config.check_limits


def transport_settings(config: Config) -> Settings:
    """Return the settings that the transport needs, each looked up when it is first needed."""
    return Settings(ca_bundle=lambda: config.ca_bundle, proxy=lambda: config.proxy, uses_tls=lambda: config.uses_tls)


def find_account_id(config: Config) -> Steps[str | None]:
    """Return the id of the account that the credentials belong to; None if the access key doesn't contain it."""
    credentials: Credentials = config.credentials.ready() or (yield LoadCredentials(config.credentials))
    return account_id(credentials.access_key)


def _get_account() -> Operation[Any]:
    from .._api.account import GET_ACCOUNT

    return GET_ACCOUNT
