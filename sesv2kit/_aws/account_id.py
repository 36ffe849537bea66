"""The id of an AWS account, read from an access key without a call to AWS."""

import base64
import re
from typing import Final

_ACCESS_KEY: Final = r"(?:AKIA|ASIA)([A-HK-Z2-7][A-Z2-7]{15})"
"""The keys of users and of roles. Older ones, with I or J as the fifth character, don't contain the account id."""


def account_id(access_key: str) -> str | None:
    """Return the id of the account that an access key belongs to; None if the key doesn't contain it.

    After the first four letters a key is base32. Its first bit has another meaning, and the 40 bits after it are the
    account id. That is so for all keys of an account, including those of roles and those that replace older ones.
    https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
    """
    match = re.fullmatch(_ACCESS_KEY, access_key)
    if not match:
        return None
    number = int.from_bytes(base64.b32decode(match[1])[:6], "big")
    return f"{(number & 0x7FFF_FFFF_FF80) >> 7:012d}"
