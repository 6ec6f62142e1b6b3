"""The one exception."""

from kith.errors import JournalError


def test_error_is_its_sentence_and_may_have_a_hint() -> None:
    assert str(JournalError("there is no journal here")) == "there is no journal here"
    assert JournalError("no").hint == ""
    assert JournalError("no journal", "kith init").hint == "kith init"
