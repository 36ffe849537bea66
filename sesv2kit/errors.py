# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Everything that this package raises.

The tree::

    SESv2Error                    The base of everything that this package raises on purpose
      ParamValidationError        The arguments were refused before anything was sent
      ConfigurationError          The client can't work as it is set up
        CredentialsError          No AWS credentials were found, or they can't be loaded
      TransportError              No usable response came
        ConnectError              No connection could be made
        TimeoutError              The time for connecting, writing, reading or waiting for a free connection ran out
        ConnectionLostError       The connection broke before the whole response was there
        AmbiguousSendError        A send that may or may not have happened, so it is not repeated
      ResponseError               A response that can't be used
      WaiterError                 A `wait_until_...` method ended without success
        WaiterFailedError         What was waited for has failed, and waiting longer does not help
        WaiterTimeoutError        The time for waiting ran out
      BulkStoppedError            A bulk run ended early, for a reason that concerns every entry
      JournalError                The journal of a bulk run can't be read or written, or is not what it was
      APIError                    The service refused the request, or failed
        APIClientError            The service refused the request (4xx)
          ThrottledError          There were too many requests
            TooManyRequestsException
            ThrottlingException
          QuotaExceededError      A quota is used up
            LimitExceededException
          AccessError             The credentials are not accepted, or do not permit the request
            AccessDeniedException
            ExpiredTokenException
            IncompleteSignature
            NotAuthorized
            OptInRequired
            RequestExpired
            UnrecognizedClientException
          SendingStoppedError     The account or the configuration set may not send at present
            AccountSuspendedException
            SendingPausedException
          AlreadyExistsException
          BadRequestException
          ConflictException
          InvalidNextTokenException
          MailFromDomainNotVerifiedException
          MessageRejected
          NotFoundException
          MalformedHttpRequestException
          RequestAbortedException
          RequestEntityTooLargeException
          RequestTimeoutException
          UnknownOperationException
          ValidationError
        APIServerError            The service failed (5xx)
          ConcurrentModificationException
          InternalServiceErrorException
          InternalFailure
          ServiceUnavailable

A code that is not in this tree is an APIClientError or APIServerError by its status, with its code kept.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

from ._core.exceptions import (
    AccessError,
    AmbiguousSendError,
    APIClientError,
    APIError,
    APIServerError,
    BulkStoppedError,
    ConfigurationError,
    ConnectError,
    ConnectionLostError,
    CredentialsError,
    JournalError,
    ParamValidationError,
    Problem,
    QuotaExceededError,
    ResponseError,
    SendingStoppedError,
    SESv2Error,
    ThrottledError,
    TimeoutError,
    TransportError,
    WaiterError,
    WaiterFailedError,
    WaiterTimeoutError,
    says_daily_quota,
)

__all__ = [
    "APIClientError",
    "APIError",
    "APIServerError",
    "AccessDeniedException",
    "AccessError",
    "AccountSuspendedException",
    "AlreadyExistsException",
    "AmbiguousSendError",
    "BadRequestException",
    "BulkStoppedError",
    "ConcurrentModificationException",
    "ConfigurationError",
    "ConflictException",
    "ConnectError",
    "ConnectionLostError",
    "CredentialsError",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InternalFailure",
    "InternalServiceErrorException",
    "InvalidNextTokenException",
    "JournalError",
    "LimitExceededException",
    "MailFromDomainNotVerifiedException",
    "MalformedHttpRequestException",
    "MessageRejected",
    "NotAuthorized",
    "NotFoundException",
    "OptInRequired",
    "ParamValidationError",
    "Problem",
    "QuotaExceededError",
    "RequestAbortedException",
    "RequestEntityTooLargeException",
    "RequestExpired",
    "RequestTimeoutException",
    "ResponseError",
    "SESv2Error",
    "SendingPausedException",
    "SendingStoppedError",
    "ServiceUnavailable",
    "ThrottledError",
    "ThrottlingException",
    "TimeoutError",
    "TooManyRequestsException",
    "TransportError",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "ValidationError",
    "WaiterError",
    "WaiterFailedError",
    "WaiterTimeoutError",
]


class AccountSuspendedException(SendingStoppedError):
    """SES has permanently barred the account from sending. Retrying will not help; take it up with AWS.

    HTTP status 400.
    """


class AlreadyExistsException(APIClientError):
    """Something with this name or address is there already. Use it, update it, or choose another name.

    HTTP status 400.
    """


class BadRequestException(APIClientError):
    """The request has a bad or missing value. Correct the input; the same call fails again.

    HTTP status 400.
    """


class ConcurrentModificationException(APIServerError):
    """Another call is changing the same resource at this moment. Wait briefly and retry.

    HTTP status 500.
    """


class ConflictException(APIClientError):
    """The request collides with work in progress, such as account details that are still under review.

    Wait until that is decided, then retry.

    HTTP status 409.
    """


class InternalServiceErrorException(APIServerError):
    """SES failed on its own side. Retry after a pause that grows with each attempt.

    HTTP status 500.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "transient"


class InvalidNextTokenException(APIClientError):
    """The page token is wrong or too old. Start again at the first page.

    HTTP status 400.
    """


class LimitExceededException(QuotaExceededError):
    """A quota is used up.

    The account has as many resources of this kind as it may, or has sent as many messages in 24 hours. Delete
    some or wait, or request a higher quota from AWS.

    HTTP status 400.
    """


class MailFromDomainNotVerifiedException(APIClientError):
    """The domain that the mail is sent from is not verified.

    Verify it, or check its MAIL FROM records in DNS, then send again.

    HTTP status 400.
    """


class MessageRejected(APIClientError):
    """SES refused the message for its content. Change the message; sending the same one again will not work.

    HTTP status 400.
    """


class NotFoundException(APIClientError):
    """The thing that the request names does not exist here. Check the name, the account and the region.

    HTTP status 404.
    """


class SendingPausedException(SendingStoppedError):
    """Sending is paused for the account at present. Find out why and have it resumed, then send again.

    HTTP status 400.
    """


class TooManyRequestsException(ThrottledError):
    """Calls to this operation come too fast. Slow down and retry later, with growing pauses.

    HTTP status 429.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "throttling"


class AccessDeniedException(AccessError):
    """The credentials are known but not allowed to do this. Have the IAM permission added.

    HTTP status 403; common to all AWS services.
    """


class ExpiredTokenException(AccessError):
    """The session token of temporary credentials has run out. Get fresh credentials and retry.

    HTTP status 403; common to all AWS services.
    """


class IncompleteSignature(AccessError):
    """The signature is malformed, lacks a part, or does not fit the request.

    Check the secret key, and whether a proxy changes the request.

    HTTP status 403; common to all AWS services.
    """


class InternalFailure(APIServerError):
    """Something unknown broke on the side of AWS. Retry after a pause.

    HTTP status 500; common to all AWS services.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "transient"


class MalformedHttpRequestException(APIClientError):
    """AWS could not make sense of the HTTP request, for example a body that does not match its content encoding.

    Correct the client or the proxy in between.

    HTTP status 400; common to all AWS services.
    """


class NotAuthorized(AccessError):
    """The caller may not do this. Check credentials and IAM permissions.

    HTTP status 401; common to all AWS services.
    """


class OptInRequired(AccessError):
    """The account that owns the access key has not signed up for this service. Subscribe first.

    HTTP status 403; common to all AWS services.
    """


class RequestAbortedException(APIClientError):
    """The connection ended before a response was sent, for example closed by the client.

    For a send, the mail may or may not have gone out; check before you repeat it.

    HTTP status 400; common to all AWS services.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "transient"


class RequestEntityTooLargeException(APIClientError):
    """The request body is too big. Make the message or its attachments smaller.

    HTTP status 413; common to all AWS services.
    """


class RequestExpired(AccessError):
    """The date on the request is over 15 minutes off from the service's time, or a pre-signed URL ran out.

    Set the clock right and sign the request again.

    HTTP status 400; common to all AWS services.
    """


class RequestTimeoutException(APIClientError):
    """AWS did not receive the whole request in time. Retry, and check the network if it happens often.

    HTTP status 408; common to all AWS services.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "transient"


class ServiceUnavailable(APIServerError):
    """The service is down for the moment. Retry after a pause that grows with each attempt.

    HTTP status 503; common to all AWS services.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "transient"


class ThrottlingException(ThrottledError):
    """The request was turned away to limit the load. Slow down and retry, with growing pauses.

    HTTP status 400; common to all AWS services.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "throttling"


class UnrecognizedClientException(AccessError):
    """AWS does not know this access key or certificate. Check which credentials the client is using.

    HTTP status 403; common to all AWS services.
    """


class UnknownOperationException(APIClientError):
    """The endpoint has no such operation. Check the name, the region's endpoint and the SDK version.

    HTTP status 404; common to all AWS services.
    """


class ValidationError(APIClientError):
    """A value breaks a rule for the field, such as its length or format.

    Correct the input; retrying will not help.

    HTTP status 400; common to all AWS services.
    """


BY_CODE: Mapping[str, type[APIError]] = {
    "AccountSuspendedException": AccountSuspendedException,
    "AccountSuspended": AccountSuspendedException,
    "AlreadyExistsException": AlreadyExistsException,
    "AlreadyExists": AlreadyExistsException,
    "BadRequestException": BadRequestException,
    "BadRequest": BadRequestException,
    "InvalidParameterValue": BadRequestException,
    "InvalidParameterValueException": BadRequestException,
    "InvalidParameter": BadRequestException,
    "ConcurrentModificationException": ConcurrentModificationException,
    "ConflictException": ConflictException,
    "InternalServiceErrorException": InternalServiceErrorException,
    "InternalServiceError": InternalServiceErrorException,
    "InternalServiceException": InternalServiceErrorException,
    "InvalidNextTokenException": InvalidNextTokenException,
    "LimitExceededException": LimitExceededException,
    "LimitExceeded": LimitExceededException,
    "MailFromDomainNotVerifiedException": MailFromDomainNotVerifiedException,
    "MailFromDomainNotVerified": MailFromDomainNotVerifiedException,
    "MessageRejected": MessageRejected,
    "MessageRejectedException": MessageRejected,
    "NotFoundException": NotFoundException,
    "NotFound": NotFoundException,
    "ResourceNotFoundException": NotFoundException,
    "TemplateDoesNotExist": NotFoundException,
    "TemplateDoesNotExistException": NotFoundException,
    "ConfigurationSetDoesNotExist": NotFoundException,
    "ConfigurationSetDoesNotExistException": NotFoundException,
    "SendingPausedException": SendingPausedException,
    "SendingPaused": SendingPausedException,
    "AccountSendingPausedException": SendingPausedException,
    "ConfigurationSetSendingPausedException": SendingPausedException,
    "TooManyRequestsException": TooManyRequestsException,
    "TooManyRequests": TooManyRequestsException,
    "AccessDeniedException": AccessDeniedException,
    "AccessDenied": AccessDeniedException,
    "ExpiredTokenException": ExpiredTokenException,
    "ExpiredToken": ExpiredTokenException,
    "IncompleteSignature": IncompleteSignature,
    "IncompleteSignatureException": IncompleteSignature,
    "InvalidSignatureException": IncompleteSignature,
    "SignatureDoesNotMatch": IncompleteSignature,
    "InternalFailure": InternalFailure,
    "InternalError": InternalFailure,
    "InternalServerError": InternalFailure,
    "InternalServerException": InternalFailure,
    "MalformedHttpRequestException": MalformedHttpRequestException,
    "NotAuthorized": NotAuthorized,
    "NotAuthorizedException": NotAuthorized,
    "Unauthorized": NotAuthorized,
    "OptInRequired": OptInRequired,
    "SubscriptionRequiredException": OptInRequired,
    "RequestAbortedException": RequestAbortedException,
    "RequestEntityTooLargeException": RequestEntityTooLargeException,
    "RequestEntityTooLarge": RequestEntityTooLargeException,
    "RequestExpired": RequestExpired,
    "RequestTimeTooSkewed": RequestExpired,
    "RequestInTheFuture": RequestExpired,
    "RequestTimeoutException": RequestTimeoutException,
    "RequestTimeout": RequestTimeoutException,
    "ServiceUnavailable": ServiceUnavailable,
    "ServiceUnavailableException": ServiceUnavailable,
    "ThrottlingException": ThrottlingException,
    "Throttling": ThrottlingException,
    "ThrottledException": ThrottlingException,
    "RequestLimitExceeded": ThrottlingException,
    "RequestThrottled": ThrottlingException,
    "RequestThrottledException": ThrottlingException,
    "SlowDown": ThrottlingException,
    "UnrecognizedClientException": UnrecognizedClientException,
    "UnrecognizedClient": UnrecognizedClientException,
    "InvalidClientTokenId": UnrecognizedClientException,
    "InvalidAccessKeyId": UnrecognizedClientException,
    "UnknownOperationException": UnknownOperationException,
    "UnknownOperation": UnknownOperationException,
    "ValidationError": ValidationError,
    "ValidationException": ValidationError,
    "MESSAGE_REJECTED": MessageRejected,
    "MAIL_FROM_DOMAIN_NOT_VERIFIED": MailFromDomainNotVerifiedException,
    "CONFIGURATION_SET_NOT_FOUND": NotFoundException,
    "CONFIGURATION_SET_DOES_NOT_EXIST": NotFoundException,
    "TEMPLATE_NOT_FOUND": NotFoundException,
    "TEMPLATE_DOES_NOT_EXIST": NotFoundException,
    "ACCOUNT_SUSPENDED": AccountSuspendedException,
    "ACCOUNT_THROTTLED": TooManyRequestsException,
    "ACCOUNT_DAILY_QUOTA_EXCEEDED": LimitExceededException,
    "INVALID_SENDING_POOL_NAME": NotFoundException,
    "ACCOUNT_SENDING_PAUSED": SendingPausedException,
    "CONFIGURATION_SET_SENDING_PAUSED": SendingPausedException,
    "INVALID_PARAMETER": BadRequestException,
    "INVALID_PARAMETER_VALUE": BadRequestException,
    "TRANSIENT_FAILURE": InternalServiceErrorException,
}
"""The exception class of each code, of its other spellings, and of each status of a bulk entry that has one."""

SHARED_STATUSES: frozenset[str] = frozenset(
    {
        "MAIL_FROM_DOMAIN_NOT_VERIFIED",
        "CONFIGURATION_SET_NOT_FOUND",
        "CONFIGURATION_SET_DOES_NOT_EXIST",
        "TEMPLATE_NOT_FOUND",
        "TEMPLATE_DOES_NOT_EXIST",
        "ACCOUNT_SUSPENDED",
        "ACCOUNT_DAILY_QUOTA_EXCEEDED",
        "INVALID_SENDING_POOL_NAME",
        "ACCOUNT_SENDING_PAUSED",
        "CONFIGURATION_SET_SENDING_PAUSED",
    }
)
"""The statuses of a bulk entry whose reason is the account, or an argument that all entries of a request share."""


def find_class(code: str | None, message: str = "", status: int | None = None) -> type[APIError]:
    """Return the class of an error.

    Args:
        code: The service's code, or the status of a bulk entry.
        message: The service's message.
        status: The HTTP status of a response; None for a bulk entry.
    """
    found = BY_CODE.get(code or "")
    if status == 429 or (found is not None and found.retry_class == "throttling"):
        if says_daily_quota(message):
            return LimitExceededException
        return found or ThrottledError
    if found is not None or status is None:
        return found or APIError
    return APIServerError if status >= 500 else APIClientError


for _name in __all__:
    globals()[_name].__module__ = __name__
