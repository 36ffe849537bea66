# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, blocking: letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from ... import _api, models
from ..._call.caller import Caller
from ..._call.options import RequestOptions
from ..._call.paginator import Paginator


class LettersMixin(Caller):
    """The operations of this domain, blocking."""

    def list_letters(
        self,
        *,
        statuses: Sequence[models.LetterStatus | Literal["ON_ITS_WAY", "handed-over", "LOST", "BURNT"] | str]
        | None = None,
        sent_after: datetime | None = None,
        sent_before: datetime | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListLettersResponse:
        """List the letters, the newest first.

        The service allows 1 call and 20 `statuses` per second. `sent_before` must be at most 7 days after
        `sent_after`.

        Args:
            statuses: The states to list; left out, all of them. At most 2 items.
            sent_after: Leaves out what was sent before.
            sent_before: What was sent later is left out.
            next_token: The token of the page before.
            page_size: How many letters an answer holds. 1 to 100.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListLettersResponse: `letters`: the letters of this page; `next_token`: the token of the
            next page, if there is one; `counts`: how many letters there are, by state.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: NotFoundException, ServiceUnavailable, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://post.example/ListLetters
        """
        return self._call(
            _api.letters.LIST_LETTERS,
            {
                "statuses": statuses,
                "sent_after": sent_after,
                "sent_before": sent_before,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_letters(
        self,
        *,
        statuses: Sequence[models.LetterStatus | Literal["ON_ITS_WAY", "handed-over", "LOST", "BURNT"] | str]
        | None = None,
        sent_after: datetime | None = None,
        sent_before: datetime | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.LetterSummary, models.ListLettersResponse]:
        """Iterate over everything that `list_letters` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            statuses: The states to list; left out, all of them. At most 2 items.
            sent_after: Leaves out what was sent before.
            sent_before: What was sent later is left out.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many letters an answer holds. 1 to 100.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.LetterSummary, models.ListLettersResponse]: The entries; its `pages()` yields the
            whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: NotFoundException, ServiceUnavailable, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://post.example/ListLetters
        """
        return Paginator(
            self._call,
            _api.letters.LIST_LETTERS,
            {
                "statuses": statuses,
                "sent_after": sent_after,
                "sent_before": sent_before,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def get_letter(
        self,
        *,
        letter_id: str,
        copy: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetLetterResponse:
        """Look a letter up.

        Args:
            letter_id: The letter.
            copy: Which copy, of a letter to many.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetLetterResponse: `summary`: how far it is; `read`: whether the receiver has read it;
            `trouble`: what went wrong.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: NotFoundException, ServiceUnavailable, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://post.example/GetLetter
        """
        return self._call(
            _api.letters.GET_LETTER,
            {
                "letter_id": letter_id,
                "copy": copy,
            },
            options,
        )

    def send_letter(
        self,
        *,
        letter: models.Letter,
        options: RequestOptions | None = None,
    ) -> models.SendLetterResponse:
        """Send a letter.

        It goes to every box that `Letter` names, each time that you call; `list_letters` shows how far it is.

        Args:
            letter: The letter.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.SendLetterResponse: `message_id`: id of the letter.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: NotFoundException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://post.example/SendLetter
        """
        return self._call(
            _api.letters.SEND_LETTER,
            {
                "letter": letter,
            },
            options,
        )
