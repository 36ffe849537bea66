# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: bulk messages."""

from __future__ import annotations

from collections.abc import Sequence

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions


class AsyncBulkMessagesMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def send_bulk_email(
        self,
        *,
        default_content: models.BulkEmailContent,
        bulk_email_entries: Sequence[models.BulkEmailEntry],
        from_email_address: str | None = None,
        from_email_address_identity_arn: str | None = None,
        reply_to_addresses: Sequence[str] | None = None,
        feedback_forwarding_email_address: str | None = None,
        feedback_forwarding_email_address_identity_arn: str | None = None,
        default_email_tags: Sequence[models.MessageTag] | None = None,
        configuration_set_name: str | None = None,
        endpoint_id: str | None = None,
        tenant_name: str | None = None,
        configuration_overrides: models.ConfigurationOverrides | None = None,
        options: RequestOptions | None = None,
    ) -> models.SendBulkEmailResponse:
        """Send one templated message to many destinations in a single request, with values, tags and headers
        that can differ per entry.

        The response has a status for every entry, so a call that succeeds may still contain failed messages.

        Args:
            default_content: Template, and the default values for it, from which all messages are made; an
                entry can bring replacement values of its own.
            bulk_email_entries: The messages to send: one entry per destination, each with its own recipients
                and, if wanted, its own values, tags and headers. At most 50 items.
            from_email_address: Sender shown in the From header of every message; it must be verified.
            from_email_address_identity_arn: ARN of the identity whose owner, by a sending authorization
                policy, lets you send as `from_email_address`. Needed only when you use somebody else's
                identity. At least 1 character.
            reply_to_addresses: Addresses for the Reply-To header; a reply from a recipient goes to every one
                of them.
            feedback_forwarding_email_address: Address that receives the notices about bounces and complaints.
            feedback_forwarding_email_address_identity_arn: ARN of the identity whose owner, by a sending
                authorization policy, lets you use `feedback_forwarding_email_address`. Needed only when that
                identity belongs to somebody else. At least 1 character.
            default_email_tags: Name/value tags put on the messages of this request; they describe a message
                in the sending events that are published about it.
            configuration_set_name: Configuration set that all messages of the request are sent with.
            endpoint_id: ID of the multi-region (global) endpoint to send through.
            tenant_name: Tenant on whose behalf the messages go out. The call fails unless every identity,
                configuration set and template it refers to is associated with that tenant. 1 to 64
                characters.
            configuration_overrides: Settings replaced for all messages of this one request, such as open and
                click tracking. Whatever is not overridden stays as it is.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.SendBulkEmailResponse: `bulk_email_entry_results`: outcome per intended recipient. Check
            the status of each one. Send again only those whose `is_retryable` is true; for the others,
            correct the reason first.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AccountSuspendedException, BadRequestException,
                LimitExceededException, MailFromDomainNotVerifiedException, MessageRejected,
                NotFoundException, SendingPausedException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendBulkEmail.html
        """
        return await self._call(
            _api.bulk_messages.SEND_BULK_EMAIL,
            {
                "from_email_address": from_email_address,
                "from_email_address_identity_arn": from_email_address_identity_arn,
                "reply_to_addresses": reply_to_addresses,
                "feedback_forwarding_email_address": feedback_forwarding_email_address,
                "feedback_forwarding_email_address_identity_arn": feedback_forwarding_email_address_identity_arn,
                "default_email_tags": default_email_tags,
                "default_content": default_content,
                "bulk_email_entries": bulk_email_entries,
                "configuration_set_name": configuration_set_name,
                "endpoint_id": endpoint_id,
                "tenant_name": tenant_name,
                "configuration_overrides": configuration_overrides,
            },
            options,
        )
