"""From the units' ledgers to the project office's official documents."""

__version__ = "0.1.0"
