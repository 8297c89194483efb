"""Requests to a site without a network."""

import asyncio
from typing import Any


def get(site: Any, path: str, status: int = 200) -> str:
    """Return the text of a page, which must have this status."""
    response = asyncio.run(site.client.get(path))
    assert response.status_code == status, (path, response.status_code, response.text[:500])
    text: str = response.text
    return text


def get_json(site: Any, path: str) -> Any:
    """Return the data of a page in JSON."""
    response = asyncio.run(site.client.get(path))
    assert response.status_code == 200, (path, response.text[:500])
    return response.json()
