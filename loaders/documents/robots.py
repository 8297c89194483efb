"""What the robots.txt of each host asks of programs."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from programme.loaders.documents.document import Document

if TYPE_CHECKING:
    from programme.loaders.documents.web import Web

NAME = "programme"
"""What a robots.txt calls this program."""


class Robots:
    """Reads the robots.txt of each host once; without one everything is allowed."""

    def __init__(self, web: "Web") -> None:
        self._web = web
        self._rules: dict[str, RobotFileParser] = {}

    def problem(self, url: str) -> str:
        """Return why a URL is not to be read; empty where it may be."""
        if self._of(url).can_fetch(NAME, url):
            return ""
        host = urlsplit(url).netloc.rpartition("@")[2]
        return f"the robots.txt of {host} asks programs not to read this; ask the source, or a mirror"

    def delay_s(self, url: str) -> float:
        """Return the seconds between two requests that the host asks for."""
        return float(self._of(url).crawl_delay(NAME) or 0)

    def _of(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        if parts.netloc not in self._rules:
            rules = RobotFileParser()
            rules.parse([])
            for found in self._web.read(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))):
                if isinstance(found, Document):
                    rules = RobotFileParser()
                    rules.parse(found.content.decode("utf-8", "replace").splitlines())
            self._rules[parts.netloc] = rules
        return self._rules[parts.netloc]
