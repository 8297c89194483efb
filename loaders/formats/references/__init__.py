"""References as programs for citing and search engines for papers export them."""
