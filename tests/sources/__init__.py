"""Public sources, played by a server on loopback."""
