# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: messages."""

from __future__ import annotations

from collections.abc import Sequence

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions


class AsyncMessagesMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def send_custom_verification_email(
        self,
        *,
        email_address: str,
        template_name: str,
        configuration_set_name: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.SendCustomVerificationEmailResponse:
        """Add an address to the account's identities in the current Region and start its verification with a
        mail made from your own template.

        The custom verification template has to exist already. The service allows 1 call per second.

        Args:
            email_address: Address to be verified; the verification mail goes to it.
            template_name: Custom verification template that the mail is made from. At least 1 character.
            configuration_set_name: Configuration set to send the verification mail with.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.SendCustomVerificationEmailResponse: `message_id`: ID of the verification mail that was
            sent.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, LimitExceededException,
                MailFromDomainNotVerifiedException, MessageRejected, NotFoundException,
                SendingPausedException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendCustomVerificationEmail.html
        """
        return await self._call(
            _api.messages.SEND_CUSTOM_VERIFICATION_EMAIL,
            {
                "email_address": email_address,
                "template_name": template_name,
                "configuration_set_name": configuration_set_name,
            },
            options,
        )

    async def send_email(
        self,
        *,
        content: models.EmailContent,
        from_email_address: str | None = None,
        from_email_address_identity_arn: str | None = None,
        destination: models.Destination | None = None,
        reply_to_addresses: Sequence[str] | None = None,
        feedback_forwarding_email_address: str | None = None,
        feedback_forwarding_email_address_identity_arn: str | None = None,
        email_tags: Sequence[models.MessageTag] | None = None,
        configuration_set_name: str | None = None,
        endpoint_id: str | None = None,
        tenant_name: str | None = None,
        list_management_options: models.ListManagementOptions | None = None,
        configuration_overrides: models.ConfigurationOverrides | None = None,
        options: RequestOptions | None = None,
    ) -> models.SendEmailResponse:
        """Send one message: simple (the service assembles it), raw (you supply the whole MIME text) or from a
        template (tags are replaced by your values).

        Acceptance does not guarantee that the message is then sent.

        Args:
            content: What is sent: a simple message, a raw one or one from a template.
            from_email_address: Sender shown in the From header; it must be verified.
            from_email_address_identity_arn: ARN of the identity whose owner, by a sending authorization
                policy, lets you send as `from_email_address`. Needed only with somebody else's identity. In a
                raw message it wins over the headers `X-SES-SOURCE-ARN` and `X-SES-FROM-ARN`. At least 1
                character.
            destination: Recipients of the message: To, Cc and Bcc.
            reply_to_addresses: Addresses for the Reply-To header; each of them gets the reply of a recipient.
            feedback_forwarding_email_address: Where notices about bounces and complaints are to go.
            feedback_forwarding_email_address_identity_arn: ARN of the identity whose owner, by a sending
                authorization policy, lets you use `feedback_forwarding_email_address`. Needed only when the
                identity is not your own. At least 1 character.
            email_tags: Name/value tags that describe this message in the sending events published about it.
            configuration_set_name: Configuration set to send the message with.
            endpoint_id: ID of the multi-region (global) endpoint that the message is sent through.
            tenant_name: Tenant on whose behalf the message goes out. Identity, configuration set and template
                must all be associated with it, or the call fails. 1 to 64 characters.
            list_management_options: Contact list, and topic if any, that the message belongs to; decides what
                a contact who unsubscribes is taken off.
            configuration_overrides: Settings replaced for this one message, such as open and click tracking.
                Whatever is not overridden stays as it is.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.SendEmailResponse: `message_id`: ID given to the message on acceptance. An accepted message
            can still go unsent, for instance when an attachment holds a virus or the template values are
            invalid.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AccountSuspendedException, BadRequestException,
                LimitExceededException, MailFromDomainNotVerifiedException, MessageRejected,
                NotFoundException, SendingPausedException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
        """
        return await self._call(
            _api.messages.SEND_EMAIL,
            {
                "from_email_address": from_email_address,
                "from_email_address_identity_arn": from_email_address_identity_arn,
                "destination": destination,
                "reply_to_addresses": reply_to_addresses,
                "feedback_forwarding_email_address": feedback_forwarding_email_address,
                "feedback_forwarding_email_address_identity_arn": feedback_forwarding_email_address_identity_arn,
                "content": content,
                "email_tags": email_tags,
                "configuration_set_name": configuration_set_name,
                "endpoint_id": endpoint_id,
                "tenant_name": tenant_name,
                "list_management_options": list_management_options,
                "configuration_overrides": configuration_overrides,
            },
            options,
        )
