"""How many statements of visitors run at a time: some for each client, some in all, and a short queue."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import IPv6Address, ip_address

MAX_RUNNING = 4
MAX_RUNNING_OF_CLIENT = 2
"""Statements that run at a time; a page of charts asks for six."""

MAX_WAITING = 24
MAX_WAITING_OF_CLIENT = 8
"""Statements that wait for those: with two seconds each, none waits for longer than a browser does."""

RETRY_AFTER_S = 5
"""Seconds after which a client that was refused may ask again."""


class FullError(Exception):
    """Too many statements are waiting already."""


class Turnstile:
    """Lets statements through, the longest waiting first as far as its client may run one."""

    def __init__(self) -> None:
        self._running: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._changes: list[asyncio.Future[None]] = []

    @asynccontextmanager
    async def admit(self, address: str) -> AsyncIterator[None]:
        """Wait for a place, and hold it for the length of the context; raises FullError where too many wait."""
        client = network_of(address)
        await self._wait(client)
        self._running[client] += 1
        try:
            yield
        finally:
            self._running[client] -= 1
            self._running += Counter()  # drops those that are zero
            for change in self._changes:
                if not change.done():
                    change.set_result(None)
            self._changes.clear()

    def _is_free(self, client: str) -> bool:
        return self._running[client] < MAX_RUNNING_OF_CLIENT and self._running.total() < MAX_RUNNING

    async def _wait(self, client: str) -> None:
        if self._is_free(client):
            return
        if self._waiting[client] >= MAX_WAITING_OF_CLIENT or self._waiting.total() >= MAX_WAITING:
            raise FullError
        self._waiting[client] += 1
        try:
            while not self._is_free(client):
                change = asyncio.get_running_loop().create_future()
                self._changes.append(change)
                await change
        finally:
            self._waiting[client] -= 1
            self._waiting += Counter()


def network_of(address: str) -> str:
    """Return what counts as one client: an address, or the network of 64 bits that an IPv6 address is in.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3:4:5:6"), network_of("")
    ('192.0.2.7', '2001:db8:1:2::', '')
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(ip) >> 64 << 64)) if ip.version == 6 else address
