# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: templates."""

from __future__ import annotations

from collections.abc import Sequence

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions
from ..._call.paginator import AsyncPaginator


class AsyncTemplatesMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def create_custom_verification_email_template(
        self,
        *,
        template_name: str,
        from_email_address: str,
        template_subject: str,
        template_content: str,
        success_redirection_url: str,
        failure_redirection_url: str,
        tags: Sequence[models.Tag] | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Create a template for the mail that requests the owner of an address to verify it, with pages of your
        own for success and failure.

        The service allows 1 call per second.

        Args:
            template_name: Name for the new template, by which it is used later on. At least 1 character.
            from_email_address: Sender of the verification mail.
            template_subject: Subject line of the verification mail.
            template_content: Body of the verification mail; may be HTML, with restrictions. The whole mail
                has to stay below 10 MB. Less than 10 MB of UTF-8.
            success_redirection_url: Page that the recipient lands on once the address is verified.
            failure_redirection_url: Page that the recipient lands on when verification fails.
            tags: Tags, as keys and values, to put on the new template. At most 50 items. No two with the same
                `key`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                LimitExceededException, NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateCustomVerificationEmailTemplate.html
        """
        return await self._call(
            _api.templates.CREATE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
                "from_email_address": from_email_address,
                "template_subject": template_subject,
                "template_content": template_content,
                "tags": tags,
                "success_redirection_url": success_redirection_url,
                "failure_redirection_url": failure_redirection_url,
            },
            options,
        )

    async def create_email_template(
        self,
        *,
        template_name: str,
        template_content: models.EmailTemplateContent,
        tags: Sequence[models.Tag] | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Store an email template, from which personalized messages to one or many destinations can then be sent
        in one call.

        The service allows 1 call per second.

        Args:
            template_name: Name for the new template, given again when a message is sent from it. At least 1
                character.
            template_content: Subject, HTML body and plain-text body of the template.
            tags: Tags, as keys and values, for the new email template. At most 50 items. No two with the same
                `key`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                LimitExceededException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailTemplate.html
        """
        return await self._call(
            _api.templates.CREATE_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
                "template_content": template_content,
                "tags": tags,
            },
            options,
        )

    async def delete_custom_verification_email_template(
        self,
        *,
        template_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Delete a custom verification template. The service allows 1 call per second.

        Args:
            template_name: Custom verification template to delete. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteCustomVerificationEmailTemplate.html
        """
        return await self._call(
            _api.templates.DELETE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
            },
            options,
        )

    async def delete_email_template(
        self,
        *,
        template_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Delete an email template. The service allows 1 call per second.

        Args:
            template_name: Email template to delete. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteEmailTemplate.html
        """
        return await self._call(
            _api.templates.DELETE_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
            },
            options,
        )

    async def get_custom_verification_email_template(
        self,
        *,
        template_name: str,
        options: RequestOptions | None = None,
    ) -> models.GetCustomVerificationEmailTemplateResponse:
        """Return one custom verification template with its content, tags and redirect pages.

        The service allows 1 call per second.

        Args:
            template_name: Custom verification template to read. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetCustomVerificationEmailTemplateResponse: `template_name`: name of the template that was
            read; `from_email_address`: sender of the verification mails made from this template;
            `template_subject`: subject line of the verification mails; `template_content`: body of the
            verification mails; `tags`: tags that the template carries, as keys and values;
            `success_redirection_url`: page shown to the recipient after a successful verification;
            `failure_redirection_url`: page shown to the recipient after a failed verification.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetCustomVerificationEmailTemplate.html
        """
        return await self._call(
            _api.templates.GET_CUSTOM_VERIFICATION_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
            },
            options,
        )

    async def get_email_template(
        self,
        *,
        template_name: str,
        options: RequestOptions | None = None,
    ) -> models.GetEmailTemplateResponse:
        """Return an email template with subject, both bodies and tags. The service allows 50 calls per second.

        Args:
            template_name: Email template to read. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetEmailTemplateResponse: `template_name`: name of the email template that was read;
            `template_content`: its subject, HTML body and plain-text body; `tags`: tags that the email
            template carries, as keys and values.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailTemplate.html
        """
        return await self._call(
            _api.templates.GET_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
            },
            options,
        )

    async def list_custom_verification_email_templates(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListCustomVerificationEmailTemplatesResponse:
        """List the custom verification templates of the account in the current Region, without their bodies.

        The service allows 1 call per second.

        Args:
            next_token: Token from an earlier response, to read the next page of templates. Left out, the
                first page is returned.
            page_size: How many templates one response holds at most. 1 to 50.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListCustomVerificationEmailTemplatesResponse: `custom_verification_email_templates`: custom
            verification templates on this page; `next_token`: token for the next page of custom verification
            templates; absent on the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListCustomVerificationEmailTemplates.html
        """
        return await self._call(
            _api.templates.LIST_CUSTOM_VERIFICATION_EMAIL_TEMPLATES,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_custom_verification_email_templates(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPaginator[
        models.CustomVerificationEmailTemplateMetadata, models.ListCustomVerificationEmailTemplatesResponse
    ]:
        """Iterate over everything that `list_custom_verification_email_templates` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many templates one response holds at most. 1 to 50.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            AsyncPaginator[models.CustomVerificationEmailTemplateMetadata,
            models.ListCustomVerificationEmailTemplatesResponse]: The entries; its `pages()` yields the whole
            responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListCustomVerificationEmailTemplates.html
        """
        return AsyncPaginator(
            self._call,
            _api.templates.LIST_CUSTOM_VERIFICATION_EMAIL_TEMPLATES,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def list_email_templates(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListEmailTemplatesResponse:
        """List the email templates of the account in the current Region by name and creation time, without their
        content.

        The service allows 1 call per second.

        Args:
            next_token: Token from an earlier response, to read the next page of templates. Left out, the
                first page is returned.
            page_size: How many templates one response holds at most. 1 to 100.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListEmailTemplatesResponse: `templates_metadata`: email templates on this page, each with
            name and creation time; `next_token`: token for the next page of email templates; absent on the
            last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailTemplates.html
        """
        return await self._call(
            _api.templates.LIST_EMAIL_TEMPLATES,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_email_templates(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPaginator[models.EmailTemplateMetadata, models.ListEmailTemplatesResponse]:
        """Iterate over everything that `list_email_templates` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many templates one response holds at most. 1 to 100.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            AsyncPaginator[models.EmailTemplateMetadata, models.ListEmailTemplatesResponse]: The entries; its
            `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailTemplates.html
        """
        return AsyncPaginator(
            self._call,
            _api.templates.LIST_EMAIL_TEMPLATES,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def test_render_email_template(
        self,
        *,
        template_name: str,
        template_data: str,
        options: RequestOptions | None = None,
    ) -> models.TestRenderEmailTemplateResponse:
        """Render a stored template with sample values and return the resulting MIME text, as a preview.

        The service allows 1 call per second.

        Args:
            template_name: Email template to render. At least 1 character.
            template_data: Sample values as a JSON object in text form; its keys are the tags that occur in
                the template. At most 262144 characters.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.TestRenderEmailTemplateResponse: `rendered_template`: full MIME message that the template
            and the sample values yield.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TestRenderEmailTemplate.html
        """
        return await self._call(
            _api.templates.TEST_RENDER_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
                "template_data": template_data,
            },
            options,
        )

    async def update_custom_verification_email_template(
        self,
        *,
        template_name: str,
        from_email_address: str,
        template_subject: str,
        template_content: str,
        success_redirection_url: str,
        failure_redirection_url: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Change an existing custom verification template.

        Sender, subject, body and both redirect pages all have to be given again. The service allows 1 call
        per second.

        Args:
            template_name: Custom verification template to change. At least 1 character.
            from_email_address: Sender that the verification mail is to have.
            template_subject: Subject line that the verification mail is to have.
            template_content: New body of the verification mail; may be HTML, with restrictions. The whole
                mail has to stay below 10 MB. Less than 10 MB of UTF-8.
            success_redirection_url: Page to show the recipient once the address is verified.
            failure_redirection_url: Page to show the recipient when verification fails.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateCustomVerificationEmailTemplate.html
        """
        return await self._call(
            _api.templates.UPDATE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
                "from_email_address": from_email_address,
                "template_subject": template_subject,
                "template_content": template_content,
                "success_redirection_url": success_redirection_url,
                "failure_redirection_url": failure_redirection_url,
            },
            options,
        )

    async def update_email_template(
        self,
        *,
        template_name: str,
        template_content: models.EmailTemplateContent,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Change the content of an existing email template. The service allows 1 call per second.

        Args:
            template_name: Email template to change. At least 1 character.
            template_content: New subject, HTML body and plain-text body.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateEmailTemplate.html
        """
        return await self._call(
            _api.templates.UPDATE_EMAIL_TEMPLATE,
            {
                "template_name": template_name,
                "template_content": template_content,
            },
            options,
        )
