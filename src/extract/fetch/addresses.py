"""Tells addresses of the public network from those that a crawler must not reach."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from extract.errors import ExtractError, UsageError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: Everything: what ``--allow-private`` stands for.
ANYWHERE = ("0.0.0.0/0", "::/0")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class AddressError(ExtractError):
    """A name that resolves to an address that is not fetched from."""


def networks(allowed: Iterable[str]) -> tuple[Network, ...]:
    """Return networks in CIDR notation as values.

    Raises
    ------
    UsageError
        One that is not a network.
    """
    try:
        return tuple(ipaddress.ip_network(network) for network in allowed)
    except ValueError as error:
        raise UsageError(None, f"{error}", "write a network as 127.0.0.1/32") from error


def is_allowed(address: str, allowed: Iterable[Network] = ()) -> bool:
    """Say whether an address may be fetched from: a public one, or one in a network that is allowed by name.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is judged by itself.

    >>> is_allowed("93.184.216.34"), is_allowed("127.0.0.1"), is_allowed("::ffff:10.0.0.1"), is_allowed("fe80::1%eth0")
    (True, False, False, False)
    >>> is_allowed("127.0.0.1", networks(["127.0.0.0/8"]))
    True
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip.version == network.version and ip in network for network in allowed):
        return True
    return all(_public(one) for one in (ip, *_inner(ip)))


def _public(ip: Address) -> bool:
    if ip in _NAT64:
        return True  # the IPv4 address inside it decides
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner(ip: Address) -> list[Address]:
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found: list[Address | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
