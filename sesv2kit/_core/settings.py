"""Settings that a client and a single call share: their types, and what each has to be."""

from typing import Literal

RetryMode = Literal["standard", "adaptive", "off"]
