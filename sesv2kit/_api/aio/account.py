# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions


class AsyncAccountMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def get_account(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> models.GetAccountResponse:
        """Return the state of your SES account in this region: sending quota, sandbox or production, reputation
        status, suppression, VDM and pricing plan.

        Args:
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetAccountResponse: `dedicated_ip_auto_warmup_enabled`: true if the account's dedicated IP
            addresses are warmed up automatically, false if not; `enforcement_status`: reputation status of
            the account. `"HEALTHY"`: no known problem. `"PROBATION"`: under review while you fix a possible
            problem. `"SHUTDOWN"`: sending is paused; once the cause is fixed, ask AWS to resume it;
            `production_access_enabled`: true if the account has production access in this region and may
            write to any address; false if it is in the sandbox, where only verified identities can be written
            to; `send_quota`: sending limits per 24 hours and per second in this region, and how much of the
            daily quota was used; `sending_enabled`: true if the account can send mail in this region, false
            if sending is off; `suppression_attributes`: the account's suppression settings in this region:
            what puts an address on the list, and address validation; `details`: what AWS knows about your
            sending from you, and the state of its review; `vdm_attributes`: virtual Deliverability Manager
            (VDM) settings of the account; `pricing_attributes`: the account's pricing plan in force, and the
            change that is scheduled, if any.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html
        """
        return await self._call(
            _api.account.GET_ACCOUNT,
            {},
            options,
        )

    async def put_account_dedicated_ip_warmup_attributes(
        self,
        *,
        auto_warmup_enabled: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Switch automatic warm-up of the account's dedicated IP addresses in this region on or off.

        Args:
            auto_warmup_enabled: True to warm up the account's dedicated IP addresses automatically, false to
                switch that off.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountDedicatedIpWarmupAttributes.html
        """
        return await self._call(
            _api.account.PUT_ACCOUNT_DEDICATED_IP_WARMUP_ATTRIBUTES,
            {
                "auto_warmup_enabled": auto_warmup_enabled,
            },
            options,
        )

    async def put_account_details(
        self,
        *,
        mail_type: models.MailType | Literal["MARKETING", "TRANSACTIONAL"] | str,
        website_url: str,
        contact_language: models.ContactLanguage | Literal["EN", "JA"] | str | None = None,
        use_case_description: str | None = None,
        additional_contact_email_addresses: Sequence[str] | None = None,
        production_access_enabled: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set what AWS knows about your sending, and apply for production access, that is, to leave the sandbox.

        `get_account` returns the outcome of the review: `review_details` in its `details`.

        Args:
            mail_type: Kind of mail the account will mostly send: marketing or transactional.
            website_url: Address of your website, from which AWS gathers what kind of content you mean to
                send. 1 to 1000 characters. Must match
                `^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\\?([^#]*))?(#(.*))?`.
            contact_language: Language in which AWS should write to you: English or Japanese.
            use_case_description: Deprecated. Used to hold a description of the mail you want to send. At most
                5000 characters. Deprecated.
            additional_contact_email_addresses: Further addresses that are notified in matters of SES. 1 to 4
                items. Each 6 to 254 characters. Each matches `^(.+)@(.+)$`.
            production_access_enabled: True if the account should have production access in this region and
                write to any address; false for the sandbox, where only verified identities can be written to.
                Quota and rate depend on your use case.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConflictException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountDetails.html
        """
        return await self._call(
            _api.account.PUT_ACCOUNT_DETAILS,
            {
                "mail_type": mail_type,
                "website_url": website_url,
                "contact_language": contact_language,
                "use_case_description": use_case_description,
                "additional_contact_email_addresses": additional_contact_email_addresses,
                "production_access_enabled": production_access_enabled,
            },
            options,
        )

    async def put_account_pricing_attributes(
        self,
        *,
        plan: models.PricingPlan | Literal["NONE", "ESSENTIALS", "PRO", "ENTERPRISE"] | str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Choose the pricing plan of your SES account.

        `get_account` shows the plan in force and a change that is still to come.

        Args:
            plan: Pricing plan the account should have.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConflictException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountPricingAttributes.html
        """
        return await self._call(
            _api.account.PUT_ACCOUNT_PRICING_ATTRIBUTES,
            {
                "plan": plan,
            },
            options,
        )

    async def put_account_sending_attributes(
        self,
        *,
        sending_enabled: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Switch sending on or off for the whole account. It cannot lift a pause that AWS imposed.

        Args:
            sending_enabled: True to let the account send, false to stop all its sending. True has no effect
                against a pause imposed by AWS.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountSendingAttributes.html
        """
        return await self._call(
            _api.account.PUT_ACCOUNT_SENDING_ATTRIBUTES,
            {
                "sending_enabled": sending_enabled,
            },
            options,
        )

    async def put_account_suppression_attributes(
        self,
        *,
        suppressed_reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None = None,
        validation_attributes: models.SuppressionValidationAttributes | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set how the account-level suppression list works: which reasons put an address on it, and address
        validation.

        Args:
            suppressed_reasons: What puts an address on the account's suppression list automatically: `BOUNCE`
                after a hard bounce, `COMPLAINT` after a complaint, or both.
            validation_attributes: Address validation for the whole account: when a recipient is suppressed
                because of how the address was judged.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountSuppressionAttributes.html
        """
        return await self._call(
            _api.account.PUT_ACCOUNT_SUPPRESSION_ATTRIBUTES,
            {
                "suppressed_reasons": suppressed_reasons,
                "validation_attributes": validation_attributes,
            },
            options,
        )

    async def put_account_vdm_attributes(
        self,
        *,
        vdm_attributes: models.VdmAttributes,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set the Virtual Deliverability Manager (VDM) options of your SES account, including whether VDM is on
        at all.

        The service allows 1 call per second.

        Args:
            vdm_attributes: The VDM settings the account should have.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountVdmAttributes.html
        """
        return await self._call(
            _api.account.PUT_ACCOUNT_VDM_ATTRIBUTES,
            {
                "vdm_attributes": vdm_attributes,
            },
            options,
        )
