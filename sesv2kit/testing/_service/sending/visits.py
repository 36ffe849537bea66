"""What the addresses in mails lead to: the image of opens, links, the page to leave a list, and that to verify."""

import html
import re
from base64 import b64decode
from typing import Final
from urllib.parse import unquote

import attrs

from ...._core.exceptions import ConfigurationError
from ..mail_log import StoredMail
from ..operations.identities import verify
from ..records import CustomVerificationTemplate, Identity
from ..world import World
from . import reactions, tracking

_UNSUBSCRIBE: Final = re.compile(r"/unsubscribe/([^/]+)")
_VERIFY: Final = re.compile(r"/verify/([^/]+)/([^/]+)")
_IMAGE: Final = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
"""One transparent pixel."""
_HTML: Final = "text/html; charset=utf-8"


@attrs.frozen(kw_only=True)
class Page:
    """The response to somebody who follows a link of a mail."""

    status: int = 200
    content_type: str = _HTML
    body: bytes = b""
    location: str | None = None
    """The address of a redirect; None if it is not one."""


@attrs.frozen(kw_only=True)
class Visitor:
    """Who follows a link."""

    user_agent: str = reactions.USER_AGENT
    ip_address: str = reactions.IP_ADDRESS


def visit(world: World, method: str, path: str, visitor: Visitor) -> Page | None:
    """Follow an address that was in a mail.

    Args:
        world: The state of the service.
        method: `GET`, or `POST` to leave a list.
        path: The path of the address, percent-encoded.
        visitor: Who.

    Returns:
        Page: What comes back; None if the path leads nowhere.
    """
    try:
        if tracked := tracking.read_path(path):
            return _tracked(world, reactions.find_mail(world, tracked[0]), tracked[1], visitor)
        if found := _UNSUBSCRIBE.fullmatch(path):
            return _unsubscribe(world, reactions.find_mail(world, found[1]), method)
    except ConfigurationError:  # there is no such mail, or it has no such link
        return None
    if found := _VERIFY.fullmatch(path):
        return _verify(world, unquote(found[1]), unquote(found[2]))
    return None


def _tracked(world: World, mail: StoredMail, link: str | None, visitor: Visitor) -> Page:
    if link is None:
        reactions.open_mail(world, mail, visitor.user_agent, visitor.ip_address, is_bot=False)
        return Page(content_type="image/gif", body=_IMAGE)
    # Only a link of the mail is followed, so that nobody is led elsewhere.
    event = reactions.click(world, mail, link, visitor.user_agent, visitor.ip_address, is_bot=False)
    return Page(status=302, location=event.body["link"])


def _unsubscribe(world: World, mail: StoredMail, method: str) -> Page:
    what = html.escape(mail.facts.get("topic") or mail.facts.get("contact_list", ""))
    if method != "POST":
        form = '<form method="post"><button>Unsubscribe</button></form>'
        return _page("Unsubscribe", f"<p>Do you want no further mails of <b>{what}</b>?</p>{form}")
    reactions.unsubscribe(world, mail, None, "UnsubscribeHeader")
    return _page("Unsubscribed", f"<p>You get no further mails of <b>{what}</b>.</p>")


def _verify(world: World, template_name: str, identity_key: str) -> Page | None:
    template = world.records(CustomVerificationTemplate).get(template_name)
    if template is None:
        return None
    identity = world.records(Identity).get(identity_key)
    if identity is None:
        return Page(status=302, location=template.attributes.failure_redirection_url)
    verify(world, identity)
    return Page(status=302, location=template.attributes.success_redirection_url)


def _page(title: str, content: str) -> Page:
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>{content}</html>'
    )
    return Page(body=page.encode())
