"""Pure: the DNS records that an identity needs."""

from collections.abc import Iterator, Sequence

import attrs

from . import models

_WHOLE_TXT = 255
"""Characters that one string of a TXT record holds."""


@attrs.frozen
class Record:
    """A DNS record to set."""

    type: str
    name: str
    value: str
    purpose: str

    @property
    def zone_line(self) -> str:
        """The record as a line of a zone file."""
        value = self.value
        if self.type == "TXT":
            pieces = [value[start : start + _WHOLE_TXT] for start in range(0, len(value), _WHOLE_TXT)]
            value = " ".join('"' + piece.replace("\\", "\\\\").replace('"', '\\"') + '"' for piece in pieces)
        else:
            value += "."
        return f"{self.name}. 3600 IN {self.type} {value}"


def records(name: str, identity: models.GetEmailIdentityResponse, region: str | None) -> Sequence[Record]:
    """Return the records of an identity; an address has none of its own, its domain has them.

    Args:
        name: The identity.
        identity: What the service says of it.
        region: The AWS region, which the MX record names.

    https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
    """
    if "@" in name:
        return ()
    return (*_dkim(name, identity.dkim_attributes), *_mail_from(identity.mail_from_attributes, region), _dmarc(name))


def _dkim(name: str, dkim: models.DkimAttributes | None) -> Iterator[Record]:
    if dkim is None:
        return
    if dkim.signing_attributes_origin == "EXTERNAL":
        for selector in dkim.tokens:
            yield Record("TXT", f"{selector}._domainkey.{name}", "p=<your public key, in base64>", "DKIM")
        return
    zone = dkim.signing_hosted_zone or "dkim.amazonses.com"
    for token in dkim.tokens:
        yield Record("CNAME", f"{token}._domainkey.{name}", f"{token}.{zone}", "DKIM")


def _mail_from(mail_from: models.MailFromAttributes | None, region: str | None) -> Iterator[Record]:
    domain = mail_from.mail_from_domain if mail_from else None
    if domain:
        yield Record("MX", domain, f"10 feedback-smtp.{region or '<region>'}.amazonses.com", "MAIL FROM")
        yield Record("TXT", domain, "v=spf1 include:amazonses.com ~all", "SPF of MAIL FROM")


def _dmarc(name: str) -> Record:
    return Record("TXT", f"_dmarc.{name}", "v=DMARC1; p=none;", "DMARC, unless there is one")
