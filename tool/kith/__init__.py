"""kith keeps the journal of a person who learns about careers by talking to people."""

__version__ = "0.1.0"
