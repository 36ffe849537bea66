"""Opens and clicks: an image is put into a mail, and its links are replaced."""

import hashlib
import html as html_entities
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

import attrs

from .... import models
from ..records import ConfigurationSet
from ..world import World

PLACEHOLDER: Final = "{{ses:openTracker}}"
"""The placeholder in a mail for the image."""
_MAX_LINKS: Final = 250
"""The links of a mail that are replaced; SES leaves the others as they are."""
_ANCHOR: Final = re.compile(r"<a\s[^<>]*>", re.IGNORECASE)
_HREF: Final = re.compile(r"""(\shref\s*=\s*)("([^"]*)"|'([^']*)')""", re.IGNORECASE)
_NO_TRACK: Final = re.compile(r"""\sses:no-track(?:\s*=\s*(?:"[^"]*"|'[^']*'))?(?=[\s>/])""", re.IGNORECASE)
_TAGS: Final = re.compile(r"""\sses:tags\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BODY_END: Final = re.compile(r"</body\s*>", re.IGNORECASE)
_PLAIN_LINK: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_OPENED: Final = re.compile(r"/I0/([^/]+)/.*")
_CLICKED: Final = re.compile(r"/L0/([^/]+)/[0-9]+/([^/]+)/.*")


@attrs.frozen
class Link:
    """A link of a mail."""

    url: str
    tags: Mapping[str, list[str]] = attrs.field(factory=dict[str, list[str]])
    """Its tags, `ses:tags`, which Click events carry."""
    is_tracked: bool = True
    """False for one with `ses:no-track`."""


@attrs.frozen(kw_only=True)
class Tracking:
    """What of a mail is tracked, and where its image and links lead."""

    opens: bool
    clicks: bool
    open_base: str
    """Where the image is, up to the path."""
    click_base: str
    """Where the links lead, up to the path; `{scheme}` in it is that of the link."""

    def facts(self) -> dict[str, Any]:
        """Return it as JSON."""
        return attrs.asdict(self)


def decide(
    world: World, configuration_set: ConfigurationSet | None, overrides: models.ConfigurationOverrides | None
) -> Tracking | None:
    """Return what of a mail is tracked; None for nothing.

    An event destination for opens or clicks switches it on, or the dashboard of VDM; the request may override both.
    """
    given = overrides.tracking if overrides else None
    opens = _is_on(world, configuration_set, "OPEN", given.open_tracking_enabled if given else None)
    clicks = _is_on(world, configuration_set, "CLICK", given.click_tracking_enabled if given else None)
    if not (opens or clicks):
        return None
    return Tracking(opens=opens, clicks=clicks, **_bases(world, configuration_set))


def _is_on(world: World, configuration_set: ConfigurationSet | None, kind: str, override: str | None) -> bool:
    if override:
        return override == "ENABLED"
    if configuration_set is None:
        return _dashboard(world, None)
    wanted = any(
        destination.enabled and kind in destination.matching_event_types
        for destination in configuration_set.destinations
    )
    return wanted or _dashboard(world, configuration_set.attributes.vdm_options)


def _dashboard(world: World, options: models.VdmOptions | None) -> bool:
    """Return whether VDM measures engagement, for the account or, if it has its own setting, a configuration set."""
    account = world.account().attributes.vdm_attributes
    if account is None or account.vdm_enabled != "ENABLED":
        return False
    if options and options.dashboard_options and options.dashboard_options.engagement_metrics:
        return options.dashboard_options.engagement_metrics == "ENABLED"
    return bool(account.dashboard_attributes and account.dashboard_attributes.engagement_metrics == "ENABLED")


def _bases(world: World, configuration_set: ConfigurationSet | None) -> dict[str, str]:
    if world.settings.public_url:
        return {"open_base": world.settings.public_url, "click_base": world.settings.public_url}
    options = configuration_set.attributes.tracking_options if configuration_set else None
    if options is None:
        base = f"https://{_token(world)}.r.{world.region}.awstrack.me"
        return {"open_base": base, "click_base": base}
    open_scheme = "https" if options.https_policy in ("REQUIRE", "REQUIRE_OPEN_ONLY") else "http"
    click_scheme = "https" if options.https_policy == "REQUIRE" else "{scheme}"
    domain = options.custom_redirect_domain
    return {"open_base": f"{open_scheme}://{domain}", "click_base": f"{click_scheme}://{domain}"}


def _token(world: World) -> str:
    return hashlib.blake2b(f"{world.account_id} {world.region}".encode(), digest_size=4).hexdigest()


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def image_url(tracking: Tracking, message_id: str) -> str:
    """Return the address of the image whose loading is an Open."""
    return f"{tracking.open_base}/I0/{message_id}/{_mark(message_id)}=1"


def link_url(tracking: Tracking, message_id: str, link: str) -> str:
    """Return the address that stands in for a link."""
    base = tracking.click_base.replace("{scheme}", link.partition(":")[0].lower())
    return f"{base}/L0/{quote(link, safe='')}/1/{message_id}/{_mark(message_id + link)}=1"


def read_path(path: str) -> tuple[str, str | None] | None:
    """Return whose image or link a path is.

    Args:
        path: The path of an address that this module made, percent-encoded.

    Returns:
        The id of the mail, and the link, None for the image; or None if the path is something else.
    """
    if image := _OPENED.fullmatch(path):
        return image[1], None
    if link := _CLICKED.fullmatch(path):
        return link[2], unquote(link[1])
    return None


def links(html: str | None, text: str | None) -> list[Link]:
    """Return the links of a mail: those of the HTML first, each once."""
    found: dict[str, Link] = {}
    for link in (*_links_of_html(html or ""), *(Link(match[0]) for match in _PLAIN_LINK.finditer(text or ""))):
        found.setdefault(link.url, link)
    return list(found.values())


def _links_of_html(html: str) -> Iterator[Link]:
    for anchor in _ANCHOR.finditer(html):
        if link := _link(anchor[0]):
            yield link


def _link(anchor: str) -> Link | None:
    href = _HREF.search(anchor)
    if not href:
        return None
    url = html_entities.unescape((href[3] or href[4] or "").strip())
    if not url.lower().startswith(("http://", "https://")):
        return None
    tags = _TAGS.search(anchor)
    return Link(url, _read_tags((tags[1] or tags[2] or "") if tags else ""), not _NO_TRACK.search(anchor))


def _read_tags(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in html_entities.unescape(text).split(";"):
        name, colon, value = pair.strip().partition(":")
        if colon:
            found.setdefault(name, []).append(value)
    return found


def tracked_html(html: str, tracking: Tracking, message_id: str, untracked: Iterable[str] = ()) -> str:
    """Return HTML with the image and the replaced links, as far as they are tracked, and without the attributes of SES.

    Args:
        html: The HTML.
        tracking: What is tracked.
        message_id: The id of the mail.
        untracked: Links that stay as they are.
    """
    left_alone = set(untracked)
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        anchor = match[0]
        link = _link(anchor)
        anchor = _TAGS.sub("", _NO_TRACK.sub("", anchor))
        if link is None or not (tracking.clicks and link.is_tracked) or link.url in left_alone or count >= _MAX_LINKS:
            return anchor
        count += 1
        url = html_entities.escape(link_url(tracking, message_id, link.url))
        return _HREF.sub(lambda href: f'{href[1]}"{url}"', anchor, count=1)

    html = _ANCHOR.sub(replace, html)
    return _with_image(html, tracking, message_id)


def _with_image(html: str, tracking: Tracking, message_id: str) -> str:
    url = image_url(tracking, message_id)
    image = f'<img alt="" src="{url}" style="display: none; width: 1px; height: 1px;">' if tracking.opens else ""
    if PLACEHOLDER in html:
        return html.replace(PLACEHOLDER, image, 1).replace(PLACEHOLDER, "")
    ends = list(_BODY_END.finditer(html))
    end = ends[-1].start() if ends else len(html)
    return html[:end] + image + html[end:]


def tracked_text(text: str, tracking: Tracking, message_id: str, untracked: Iterable[str] = ()) -> str:
    """Return plain text with replaced links, if clicks are tracked."""
    if not tracking.clicks:
        return text
    left_alone = set(untracked)

    def replace(match: re.Match[str]) -> str:
        return match[0] if match[0] in left_alone else link_url(tracking, message_id, match[0])

    return _PLAIN_LINK.sub(replace, text, count=_MAX_LINKS)


def original_link(url: str) -> str | None:
    """Return the link that an address of this module stands for; None for another address."""
    found = read_path(url.partition("//")[2].partition("/")[2].join(("/", "")))
    return found[1] if found else None
