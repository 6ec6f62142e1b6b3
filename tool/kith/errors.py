"""The one exception that ends a command."""


class JournalError(Exception):
    """The command cannot proceed; `str()` is the whole sentence that a person reads.

    `hint` is a second line: what to do, with the command to paste where there is one.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
