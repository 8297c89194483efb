"""The tables as SQLModel classes: `programme.schema` under the name that users of the library look for."""

from programme.schema import *  # noqa: F403 - the same names, whichever they are
from programme.schema import __all__ as __all__
