"""Which hosts are on the public internet, and which only this machine or its network can reach."""

import socket
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

Lookup = Callable[[str], list[str]]


def addresses_of(host: str) -> list[str]:
    """Return the IP addresses of a host; none where its name is not known here, as behind a proxy."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)]
    except (OSError, UnicodeError):
        return []


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet.

    >>> [is_public(address) for address in ("93.184.216.34", "2606:4700::1111")]
    [True, True]
    >>> [is_public(address) for address in ("127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "fe80::1%eth0")]
    [False, False, False, False, False]
    >>> is_public("::ffff:10.0.0.1"), is_public("64:ff9b::a00:1")
    (False, False)
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        # An IPv4 address inside an IPv6 one, as it is or translated, leads to that IPv4 address.
        mapped = ip.ipv4_mapped or (ip_address(int(ip) & 0xFFFFFFFF) if str(ip).startswith("64:ff9b::") else None)
        ip = mapped or ip
    return ip.is_global and not ip.is_multicast


def leads_inside(origin: str, target: str, lookup: Lookup = addresses_of) -> bool:
    """Return whether a redirect leads from a public host to one that the public cannot reach.

    Otherwise a page on the internet could have the services of this machine and its network read.

    >>> known = {"example.org": ["93.184.216.34"], "router": ["192.168.0.1"], "both": ["93.184.216.34", "127.0.0.1"]}
    >>> [leads_inside("example.org", host, known.__getitem__) for host in ("example.org", "router", "both")]
    [False, True, True]
    >>> leads_inside("router", "router", known.__getitem__)
    False
    """
    return not all(map(is_public, lookup(target))) and all(map(is_public, lookup(origin)))
