"""Loopback addresses and host names: those that only programs on this machine can reach."""

import ipaddress
import re
from functools import lru_cache

_HOST = re.compile(r"(localhost|[\d.]+|\[[\da-f:.]+\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=64)
def is_loopback(address: str) -> bool:
    """Return whether an address is ::1 or in 127.0.0.0/8, which may be mapped into IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback


@lru_cache(maxsize=64)
def is_local_host(host: str) -> bool:
    """Return whether a Host header is localhost, in 127.0.0.0/8 or [::1], with any port."""
    match = _HOST.fullmatch(host)
    return match is not None and (match[1].lower() == "localhost" or is_loopback(match[1].strip("[]")))
