"""A request, signed."""

from datetime import datetime

from .._aws.config import Target
from .._aws.credentials import Credentials
from .._core.http import Headers, SignedRequest
from .plan import Plan
from .request import Request


def signed_request(
    operation: str, request: Request, target: Target, credentials: Credentials, plan: Plan, now: datetime
) -> SignedRequest:
    """Return a request with its signature, which is good for a few minutes.

    Args:
        operation: The operation's name.
        request: What to sign.
        target: Where it goes.
        credentials: The credentials to sign with.
        plan: The headers, timeouts and deadline of the call.
        now: The time of the signature.
    """
    from .._aws.signing import sign

    url = f"{target.url}{request.path}" + (f"?{request.query}" if request.query else "")
    signature = sign(
        method=request.method,
        url=url,
        host=target.host,
        body=request.body,
        credentials=credentials,
        region=target.region,
        now=now,
        scheme=target.signing,
    )
    headers = Headers({"user-agent": target.user_agent, **plan.headers, **signature})
    return SignedRequest(operation, request.method, url, headers, request.body, plan.timeout, plan.deadline)
