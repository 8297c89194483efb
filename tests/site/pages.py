"""Asking a site for its pages without a network."""

import asyncio
from typing import Any


def get(site: Any, path: str, status: int = 200) -> str:
    """The text of a page; the answer must have this status."""
    response = asyncio.run(site.client.get(path))
    assert response.status_code == status, (path, response.status_code, response.text[:500])
    text: str = response.text
    return text


def get_json(site: Any, path: str) -> Any:
    """A page that is JSON, read."""
    response = asyncio.run(site.client.get(path))
    assert response.status_code == 200, (path, response.text[:500])
    return response.json()
