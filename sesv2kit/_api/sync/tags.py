# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, blocking: tags."""

from __future__ import annotations

from collections.abc import Sequence

from ... import _api, models
from ..._call.caller import Caller
from ..._call.options import RequestOptions


class TagsMixin(Caller):
    """The operations of this domain, blocking."""

    def list_tags_for_resource(
        self,
        *,
        resource_arn: str,
        options: RequestOptions | None = None,
    ) -> models.ListTagsForResourceResponse:
        """Return all tags of one resource, each with its key and value. The response is not paged.

        Args:
            resource_arn: ARN of the resource whose tags are wanted. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListTagsForResourceResponse: `tags`: all tags on the resource, as key and value.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTagsForResource.html
        """
        return self._call(
            _api.tags.LIST_TAGS_FOR_RESOURCE,
            {
                "resource_arn": resource_arn,
            },
            options,
        )

    def tag_resource(
        self,
        *,
        resource_arn: str,
        tags: Sequence[models.Tag],
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Add one or more tags to a resource, for instance to sort resources by owner, purpose or environment.

        A resource holds up to 50 tags.

        Args:
            resource_arn: ARN of the resource to be tagged. At least 1 character.
            tags: Tags to add. At most 50 items. No two with the same `key`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TagResource.html
        """
        return self._call(
            _api.tags.TAG_RESOURCE,
            {
                "resource_arn": resource_arn,
                "tags": tags,
            },
            options,
        )

    def untag_resource(
        self,
        *,
        resource_arn: str,
        tag_keys: Sequence[str],
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Remove one or more tags from a resource, named by their keys.

        Args:
            resource_arn: ARN of the resource that loses the tags. At least 1 character.
            tag_keys: Keys of the tags to remove. The value goes together with its key. Each 1 to 128
                characters. Each must not start with `aws:`, which is reserved.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UntagResource.html
        """
        return self._call(
            _api.tags.UNTAG_RESOURCE,
            {
                "resource_arn": resource_arn,
                "tag_keys": tag_keys,
            },
            options,
        )
