"""Resolves names for the crawler, and gives it only addresses that it may connect to.

The connection is made to the very addresses that were judged, and each new connection, the one after a redirect
as well, asks here again: a name whose answer changes gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

from extract.fetch.addresses import Network, is_allowed

#: Returns the addresses of a name.
Lookup = Callable[[str], Sequence[str]]


def system_lookup(name: str) -> list[str]:
    """Return the addresses of a name as the system gives them, each once; none where there are none."""
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        return []
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name
        self.cancelled = False

    def cancel(self) -> None:
        """Drop the answer when it comes."""
        self.cancelled = True


@implementer(IHostnameResolver)
class GuardedResolver:
    """Looks names up and passes on what `is_allowed`; nothing at all where one address of a name is not.

    Parameters
    ----------
    allowed
        Networks that may be reached although they are not public.
    lookup
        Where answers come from.
    """

    def __init__(self, allowed: Iterable[Network], lookup: Lookup = system_lookup) -> None:
        self.allowed = tuple(allowed)
        self.lookup = lookup
        #: Names that were refused, with the address that was the reason.
        self.refused: dict[str, str] = {}

    def answer(self, name: str) -> list[str]:
        """Return the addresses of a name, or none where one of them is not allowed."""
        found = list(self.lookup(name))
        bad = next((address for address in found if not is_allowed(address, self.allowed)), None)
        if bad is None:
            self.refused.pop(name, None)
            return found
        self.refused[name] = bad
        return []

    def resolveHostName(  # noqa: N802 - the name is the interface's
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> _Resolution:
        """Resolve a name in a thread, for Twisted."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)

        def done(future: asyncio.Future[list[str]]) -> None:
            if resolution.cancelled or future.cancelled():
                return
            for address in future.result():
                kind = IPv6Address if ":" in address else IPv4Address
                if addressTypes is None or kind in addressTypes:
                    resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
            resolutionReceiver.resolutionComplete()

        asyncio.get_event_loop().run_in_executor(None, self.answer, hostName).add_done_callback(done)
        return resolution
