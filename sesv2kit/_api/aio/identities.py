# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: identities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions
from ..._call.paginator import AsyncPaginator


class AsyncIdentitiesMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def associate_email_identity_certificate(
        self,
        *,
        email_identity: str,
        certificate_arn: str,
        from_address: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Attach an S/MIME certificate held in Certificate Manager (ACM) to one sending address.

        It starts as PROVISIONING and signs only once ACTIVE, and only where the configuration set used for
        the mail has signing enabled. An address takes one certificate: a second call fails, unless the
        earlier one is DEPROVISIONING.

        Args:
            email_identity: Email address or domain identity that the certificate is attached to. At least 1
                character.
            certificate_arn: ARN of the X.509 certificate in Certificate Manager (ACM). 20 to 2048 characters.
                Must match `arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:[\\w+=/,.@-]*:[0-9]+:certificate/[\\w+=,.@-]+`.
            from_address: Sender address that the certificate is for. Needed for a domain identity, where it
                has to lie in that domain or a subdomain. For an address identity leave it out, or repeat the
                identity exactly.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_AssociateEmailIdentityCertificate.html
        """
        return await self._call(
            _api.identities.ASSOCIATE_EMAIL_IDENTITY_CERTIFICATE,
            {
                "email_identity": email_identity,
                "from_address": from_address,
                "certificate_arn": certificate_arn,
            },
            options,
        )

    async def create_email_identity(
        self,
        *,
        email_identity: str,
        tags: Sequence[models.Tag] | None = None,
        dkim_signing_attributes: models.DkimSigningAttributes | None = None,
        configuration_set_name: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.CreateEmailIdentityResponse:
        """Register an email address or domain to send from and start its verification; no mail can go out from
        it before that succeeds.

        An address gets a mail with a link to follow. A domain is verified through DKIM records that you add
        to its DNS: CNAMEs made from the returned tokens (Easy DKIM) or your own key (BYODKIM). DNS can take
        72 hours or longer.

        Args:
            email_identity: Email address or domain that you own and want to send from. At least 1 character.
            tags: Tags, as keys and values, to put on the new identity. At most 50 items. No two with the same
                `key`.
            dkim_signing_attributes: DKIM settings for a domain identity: your own selector and private key
                (BYODKIM), the key length for Easy DKIM, or a parent region to copy from. Not allowed for an
                email address. Left out, a domain uses Easy DKIM.
            configuration_set_name: Existing configuration set that becomes the default for mail from this
                identity. A set named in a send request wins over it.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.CreateEmailIdentityResponse: `identity_type`: whether the new identity is an email address
            or a domain. `MANAGED_DOMAIN` is not supported; `verified_for_sending_status`: true: the identity
            is verified and may send. False: verification is not done, so nothing can be sent from it yet;
            `dkim_attributes`: DKIM state of the identity, with the tokens to turn into CNAME records in your
            DNS.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                ConcurrentModificationException, LimitExceededException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentity.html
        """
        return await self._call(
            _api.identities.CREATE_EMAIL_IDENTITY,
            {
                "email_identity": email_identity,
                "tags": tags,
                "dkim_signing_attributes": dkim_signing_attributes,
                "configuration_set_name": configuration_set_name,
            },
            options,
        )

    async def create_email_identity_policy(
        self,
        *,
        email_identity: str,
        policy_name: str,
        policy: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Add a sending authorization policy to an identity, which lets other senders use it.

        Only the owner of the identity can do so, and the identity has to be verified, otherwise the call
        fails. The service allows 1 call per second.

        Args:
            email_identity: Verified address or domain that other senders are to be allowed to use. At least 1
                character.
            policy_name: Name for the new policy, made of letters, digits, dashes and underscores. 1 to 64
                characters.
            policy: The policy as a JSON document. At least 1 character. At most 4 KB of UTF-8.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                LimitExceededException, NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentityPolicy.html
        """
        return await self._call(
            _api.identities.CREATE_EMAIL_IDENTITY_POLICY,
            {
                "email_identity": email_identity,
                "policy_name": policy_name,
                "policy": policy,
            },
            options,
        )

    async def delete_email_identity(
        self,
        *,
        email_identity: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Delete an email address or domain identity.

        Args:
            email_identity: Email address or domain whose identity goes away. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteEmailIdentity.html
        """
        return await self._call(
            _api.identities.DELETE_EMAIL_IDENTITY,
            {
                "email_identity": email_identity,
            },
            options,
        )

    async def delete_email_identity_policy(
        self,
        *,
        email_identity: str,
        policy_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Delete a sending authorization policy of an identity.

        Deleting a policy that is not there also succeeds. Only for the owner; an unverified identity is an
        error. The service allows 1 call per second.

        Args:
            email_identity: Address or domain that the policy is attached to. At least 1 character.
            policy_name: Name of the policy to delete. Names consist of letters, digits, dashes and
                underscores. 1 to 64 characters.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteEmailIdentityPolicy.html
        """
        return await self._call(
            _api.identities.DELETE_EMAIL_IDENTITY_POLICY,
            {
                "email_identity": email_identity,
                "policy_name": policy_name,
            },
            options,
        )

    async def disassociate_email_identity_certificate(
        self,
        *,
        email_identity: str,
        from_address: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Detach the S/MIME certificate from a sending address, whose mail is no longer S/MIME-signed from then
        on.

        Safe to repeat: if nothing is attached the call succeeds and changes nothing. `NotFoundException`
        comes only for an unknown identity.

        Args:
            email_identity: Address or domain identity to detach the certificate from. At least 1 character.
            from_address: Sender address to detach the certificate from. Needed for a domain identity; may be
                left out if the identity is itself an address.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DisassociateEmailIdentityCertificate.html
        """
        return await self._call(
            _api.identities.DISASSOCIATE_EMAIL_IDENTITY_CERTIFICATE,
            {
                "email_identity": email_identity,
                "from_address": from_address,
            },
            options,
        )

    async def get_email_identity(
        self,
        *,
        email_identity: str,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Return one identity with its verification state, DKIM state, custom MAIL FROM settings, authorization
        policies, tags and default configuration set.

        Call it again to follow a verification that is under way.

        Args:
            email_identity: Email address or domain to return. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: `identity_type`: whether this is an email address or a domain.
            `MANAGED_DOMAIN` is not supported; `feedback_forwarding_status`: true: bounces and complaints are
            mailed to the Return-Path address of the original message. False: they are not, unless no other
            way of tracking them, such as an event destination, is set up; then the mails come all the same;
            `verified_for_sending_status`: true: the identity is verified and you can send from it. False:
            sending from it is refused; `dkim_attributes`: DKIM state of the identity: signing on or off, DNS
            check, tokens and key lengths; `mail_from_attributes`: custom MAIL FROM domain of the identity,
            its DNS state and the fallback behavior; `policies`: sending authorization policies of the
            identity: policy name to JSON text; `tags`: tags on the identity, as keys and values;
            `configuration_set_name`: configuration set that applies to mail from this identity when the send
            request names none; `verification_status`: how far verification has come. Only `SUCCESS` means
            verified; `PENDING` and `TEMPORARY_FAILURE` can still change by themselves; `verification_info`:
            details of the verification: when it was last tried, when it last succeeded, and why it failed.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        return await self._call(
            _api.identities.GET_EMAIL_IDENTITY,
            {
                "email_identity": email_identity,
            },
            options,
        )

    async def get_email_identity_policies(
        self,
        *,
        email_identity: str,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityPoliciesResponse:
        """Return the sending authorization policies of an identity, 20 at most.

        Only for the owner; an unverified identity is an error. The service allows 1 call per second.

        Args:
            email_identity: Address or domain whose policies you want. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityPoliciesResponse: `policies`: policies of the identity: policy name to the
            JSON text.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentityPolicies.html
        """
        return await self._call(
            _api.identities.GET_EMAIL_IDENTITY_POLICIES,
            {
                "email_identity": email_identity,
            },
            options,
        )

    async def list_email_identities(
        self,
        *,
        filter: Mapping[models.IdentityFilterKey, str]
        | Mapping[Literal["IDENTITY_NAME_CONTAINS", "IDENTITY_TYPE", "VERIFICATION_STATUS"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListEmailIdentitiesResponse:
        """List the email address and domain identities of the account, verified or not, including those that
        belong to Amazon Pinpoint.

        Args:
            filter: Conditions that narrow the list: part of the name, kind of identity, verification state.
                Left out, all identities are listed. Values at least 1 character.
            next_token: Token from an earlier response, to read the next page of identities. Left out, the
                first page.
            page_size: How many identities one response holds at most. 0 to 1000.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListEmailIdentitiesResponse: `email_identities`: one page of identities, verified and
            unverified ones; `next_token`: token for the next page of identities. Absent on the last page.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailIdentities.html
        """
        return await self._call(
            _api.identities.LIST_EMAIL_IDENTITIES,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_email_identities(
        self,
        *,
        filter: Mapping[models.IdentityFilterKey, str]
        | Mapping[Literal["IDENTITY_NAME_CONTAINS", "IDENTITY_TYPE", "VERIFICATION_STATUS"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPaginator[models.IdentityInfo, models.ListEmailIdentitiesResponse]:
        """Iterate over everything that `list_email_identities` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            filter: Conditions that narrow the list: part of the name, kind of identity, verification state.
                Left out, all identities are listed. Values at least 1 character.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many identities one response holds at most. 0 to 1000.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            AsyncPaginator[models.IdentityInfo, models.ListEmailIdentitiesResponse]: The entries; its
            `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailIdentities.html
        """
        return AsyncPaginator(
            self._call,
            _api.identities.LIST_EMAIL_IDENTITIES,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def list_email_identity_certificates(
        self,
        *,
        email_identity: str,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListEmailIdentityCertificatesResponse:
        """List the S/MIME certificates attached to an identity, in whatever state they are.

        An expired certificate shows up as FAILED. Reading page by page is advised, so that calls stay fast.

        Args:
            email_identity: Address or domain identity whose certificates you want. At least 1 character.
            next_token: Token from an earlier response, to read the next page of certificates. Left out, the
                first page.
            page_size: How many certificates one response holds at most.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListEmailIdentityCertificatesResponse: `certificates`: one page of attached certificates
            with sender address, state, ARN and expiry of each; `next_token`: token for the next page of
            certificates. Absent on the last page.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailIdentityCertificates.html
        """
        return await self._call(
            _api.identities.LIST_EMAIL_IDENTITY_CERTIFICATES,
            {
                "email_identity": email_identity,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_email_identity_certificates(
        self,
        *,
        email_identity: str,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPaginator[models.IdentityCertificate, models.ListEmailIdentityCertificatesResponse]:
        """Iterate over everything that `list_email_identity_certificates` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            email_identity: Address or domain identity whose certificates you want. At least 1 character.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many certificates one response holds at most.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            AsyncPaginator[models.IdentityCertificate, models.ListEmailIdentityCertificatesResponse]: The
            entries; its `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailIdentityCertificates.html
        """
        return AsyncPaginator(
            self._call,
            _api.identities.LIST_EMAIL_IDENTITY_CERTIFICATES,
            {
                "email_identity": email_identity,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def put_email_identity_configuration_set_attributes(
        self,
        *,
        email_identity: str,
        configuration_set_name: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set the default configuration set of an identity.

        Args:
            email_identity: Address or domain whose default configuration set changes. At least 1 character.
            configuration_set_name: Configuration set to use by default for mail from this identity.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityConfigurationSetAttributes.html
        """
        return await self._call(
            _api.identities.PUT_EMAIL_IDENTITY_CONFIGURATION_SET_ATTRIBUTES,
            {
                "email_identity": email_identity,
                "configuration_set_name": configuration_set_name,
            },
            options,
        )

    async def put_email_identity_dkim_attributes(
        self,
        *,
        email_identity: str,
        signing_enabled: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Turn DKIM signing on or off for an identity.

        Args:
            email_identity: Address or domain whose DKIM signing is switched. At least 1 character.
            signing_enabled: True: mail from the identity carries a DKIM signature. False: it goes out
                unsigned.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityDkimAttributes.html
        """
        return await self._call(
            _api.identities.PUT_EMAIL_IDENTITY_DKIM_ATTRIBUTES,
            {
                "email_identity": email_identity,
                "signing_enabled": signing_enabled,
            },
            options,
        )

    async def put_email_identity_dkim_signing_attributes(
        self,
        *,
        email_identity: str,
        signing_attributes_origin: models.DkimSigningAttributesOrigin
        | Literal[
            "AWS_SES",
            "EXTERNAL",
            "AWS_SES_AF_SOUTH_1",
            "AWS_SES_EU_NORTH_1",
            "AWS_SES_AP_SOUTH_1",
            "AWS_SES_EU_WEST_3",
            "AWS_SES_EU_WEST_2",
            "AWS_SES_EU_SOUTH_1",
            "AWS_SES_EU_WEST_1",
            "AWS_SES_AP_NORTHEAST_3",
            "AWS_SES_AP_NORTHEAST_2",
            "AWS_SES_ME_SOUTH_1",
            "AWS_SES_AP_NORTHEAST_1",
            "AWS_SES_IL_CENTRAL_1",
            "AWS_SES_SA_EAST_1",
            "AWS_SES_CA_CENTRAL_1",
            "AWS_SES_AP_SOUTHEAST_1",
            "AWS_SES_AP_SOUTHEAST_2",
            "AWS_SES_AP_SOUTHEAST_3",
            "AWS_SES_EU_CENTRAL_1",
            "AWS_SES_US_EAST_1",
            "AWS_SES_US_EAST_2",
            "AWS_SES_US_WEST_1",
            "AWS_SES_US_WEST_2",
            "AWS_SES_ME_CENTRAL_1",
            "AWS_SES_AP_SOUTH_2",
            "AWS_SES_EU_CENTRAL_2",
            "AWS_SES_AP_SOUTHEAST_5",
            "AWS_SES_CA_WEST_1",
            "AWS_SES_US_GOV_EAST_1",
            "AWS_SES_US_GOV_WEST_1",
        ]
        | str,
        signing_attributes: models.DkimSigningAttributes | None = None,
        options: RequestOptions | None = None,
    ) -> models.PutEmailIdentityDkimSigningAttributesResponse:
        """Set up or change DKIM for a domain identity: start using Easy DKIM or your own key (BYODKIM), move
        from one to the other, replace your key, or choose the Easy DKIM key length.

        New DNS records may then be needed.

        Args:
            email_identity: Domain identity whose DKIM setup changes. At least 1 character.
            signing_attributes_origin: Where the DKIM key comes from: `AWS_SES` for Easy DKIM, `EXTERNAL` for
                a key pair of your own (BYODKIM).
            signing_attributes: Selector and private key for BYODKIM, or the key length for Easy DKIM.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.PutEmailIdentityDkimSigningAttributesResponse: `dkim_status`: result of looking for the
            DKIM records in DNS: three CNAMEs for Easy DKIM, or for BYODKIM one TXT record under your
            selector, holding the public key that fits your private key; `dkim_tokens`: easy DKIM: the strings
            from which you build the CNAME records for your DNS. BYODKIM: the selector of your public key. The
            records are looked for during at most 72 hours; `signing_hosted_zone`: DNS zone in which SES
            publishes the public keys. Point each CNAME at it: `token._domainkey.yourdomain` to `token.` plus
            this zone.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityDkimSigningAttributes.html
        """
        return await self._call(
            _api.identities.PUT_EMAIL_IDENTITY_DKIM_SIGNING_ATTRIBUTES,
            {
                "email_identity": email_identity,
                "signing_attributes_origin": signing_attributes_origin,
                "signing_attributes": signing_attributes,
            },
            options,
        )

    async def put_email_identity_feedback_attributes(
        self,
        *,
        email_identity: str,
        email_forwarding_enabled: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Turn mailed bounce and complaint notices on or off for an identity.

        Some way of tracking bounces and complaints is mandatory: without another one, such as an event
        destination, the notices are mailed even when turned off.

        Args:
            email_identity: Address or domain whose feedback forwarding is switched. At least 1 character.
            email_forwarding_enabled: True: bounces and complaints are mailed to the Return-Path address of
                the original message. False: no such mails, as long as another way of tracking them is set up.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityFeedbackAttributes.html
        """
        return await self._call(
            _api.identities.PUT_EMAIL_IDENTITY_FEEDBACK_ATTRIBUTES,
            {
                "email_identity": email_identity,
                "email_forwarding_enabled": email_forwarding_enabled,
            },
            options,
        )

    async def put_email_identity_mail_from_attributes(
        self,
        *,
        email_identity: str,
        mail_from_domain: str | None = None,
        behavior_on_mx_failure: models.BehaviorOnMxFailure
        | Literal["USE_DEFAULT_VALUE", "REJECT_MESSAGE"]
        | str
        | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Turn the custom MAIL FROM domain of an identity on or off, and choose what happens when its MX record
        is missing.

        Args:
            email_identity: Verified address or domain that the MAIL FROM domain is for. At least 1 character.
            mail_from_domain: MAIL FROM domain to use: a subdomain of the identity that receives no mail, and
                that is in no From address if feedback is forwarded to it.
            behavior_on_mx_failure: What to do with a message while the MX record is not confirmed: send it
                with `amazonses.com` as MAIL FROM, or refuse it with an error.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityMailFromAttributes.html
        """
        return await self._call(
            _api.identities.PUT_EMAIL_IDENTITY_MAIL_FROM_ATTRIBUTES,
            {
                "email_identity": email_identity,
                "mail_from_domain": mail_from_domain,
                "behavior_on_mx_failure": behavior_on_mx_failure,
            },
            options,
        )

    async def update_email_identity_policy(
        self,
        *,
        email_identity: str,
        policy_name: str,
        policy: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Replace the text of a sending authorization policy of an identity.

        Reports success even if there is no policy by that name, so a typo goes unnoticed. Only for the owner;
        an unverified identity is an error. The service allows 1 call per second.

        Args:
            email_identity: Address or domain that the policy belongs to. At least 1 character.
            policy_name: Name of the policy to replace. Names consist of letters, digits, dashes and
                underscores. 1 to 64 characters.
            policy: New policy text as a JSON document. At least 1 character. At most 4 KB of UTF-8.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateEmailIdentityPolicy.html
        """
        return await self._call(
            _api.identities.UPDATE_EMAIL_IDENTITY_POLICY,
            {
                "email_identity": email_identity,
                "policy_name": policy_name,
                "policy": policy,
            },
            options,
        )
