"""What is this machine's own: the addresses and the names by which only programs on it can reach it."""

import ipaddress
import re
from functools import lru_cache

_HOST = re.compile(r"(localhost|[\d.]+|\[[\da-f:.]+\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=64)
def is_loopback(address: str) -> bool:
    """Whether an address is in 127.0.0.0/8 or is ::1, also when it is written as IPv4 in IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


@lru_cache(maxsize=64)
def is_local_host(host: str) -> bool:
    """Whether a Host header names this machine: localhost, 127.0.0.0/8 or [::1], with any port."""
    match = _HOST.fullmatch(host)
    return match is not None and (match[1].lower() == "localhost" or is_loopback(match[1].strip("[]")))
