"""Which addresses may be contacted: public ones, private ones only when that was allowed."""

from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

# IANA's special-purpose registries, as tables of our own: the answers of ipaddress.is_global
# changed in Python 3.11.10, 3.12.4 and 3.13.
_NEVER = [
    *map(ip_network, ("0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24")),
    *map(ip_network, ("192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24")),
    *map(ip_network, ("224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20")),
    # Where Azure, Alibaba, Amazon and Google tell a machine its secrets, besides 169.254.169.254.
    *map(ip_network, ("168.63.129.16", "100.100.100.200", "fd00:ec2::254", "fd20:ce::254")),
]
_PRIVATE = [
    *map(ip_network, ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12")),
    *map(ip_network, ("192.168.0.0/16", "::1", "fc00::/7")),
]
_GLOBAL_6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")


def may_contact(address: Address, *, allow_private: bool = False) -> bool:
    """Tell whether `address` is public unicast, or with `allow_private` of a private network.

    An IPv6 address that carries IPv4 ones (mapped, 6to4, NAT64, Teredo) is judged by those.
    """
    return all(_admitted(each, allow_private) for each in _unmapped(address))


def _admitted(address: Address, allow_private: bool) -> bool:
    if any(address in block for block in _NEVER):
        return False
    if any(address in block for block in _PRIVATE):
        return allow_private
    return address.version == 4 or address in _GLOBAL_6


def _unmapped(address: Address) -> list[Address]:
    """Return the IPv4 addresses that `address` stands for, or else itself."""
    if isinstance(address, IPv4Address):
        return [address]
    if address in _NAT64:
        return [IPv4Address(address.packed[-4:])]
    if address.teredo:
        return list(address.teredo)
    return [address.ipv4_mapped or address.sixtofour or address]
