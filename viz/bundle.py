"""vis-network as the package pyvis brings it: the very bytes that were read and tried, or none."""

from __future__ import annotations

from functools import cache
from hashlib import sha512
from importlib.resources import files
from typing import Final

from graph.errors import InquiryError

__all__ = ["BundleChanged", "vis_network"]

_FILE: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
_SHA512: Final = (
    "93e319199349eef9f14e922d989b0821327011ceebf6597340687e5c4f0d659a"
    "f8e1ff1aee271aeca819faebe7b561d45424d6438795d2c3f694b46bea323a32"
)
"""Of the wheel of pyvis 0.3.2; its lines end as on Windows, so no published hash of vis-network fits."""
_MAP: Final = "\n//# sourceMappingURL=vis-network.min.js.map"
"""A browser would ask for it."""


class BundleChanged(InquiryError):
    """pyvis brings another vis-network than the one that was tried."""


@cache
def vis_network() -> str:
    """The text of `vis-network.min.js`; raises BundleChanged where it is another one.

    Its style sheet is for buttons and dialogues that no page here has.
    """
    content = (files("pyvis") / _FILE).read_bytes()
    if sha512(content).hexdigest() != _SHA512:
        raise BundleChanged(
            "the vis-network of pyvis is not the one that was tried",
            hint="install the version of pyvis that is asked for",
        )
    return content.decode("utf-8").replace("\r\n", "\n").replace(_MAP, "")
