"""The id of an AWS account, read from an access key without a call to AWS."""

import base64
import re
from typing import Final

_ACCESS_KEY: Final = r"(?:AKIA|ASIA)([A-HK-Z2-7][A-Z2-7]{15})"
"""The keys of users and of roles. Older ones, with I or J in the fifth place, don't say the account."""


def account_id(access_key: str) -> str | None:
    """Return the id of the account that an access key belongs to; None if the key doesn't say it.

    After the first four letters a key is base32. Its first 48 bits are a bit that says nothing here, the 40 bits of the
    account id, and others. All keys of an account agree in this, those of roles and those that replace others included.
    https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
    """
    match = re.fullmatch(_ACCESS_KEY, access_key)
    if not match:
        return None
    number = int.from_bytes(base64.b32decode(match[1])[:6], "big")
    return f"{(number & 0x7FFF_FFFF_FF80) >> 7:012d}"
