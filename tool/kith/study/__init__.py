"""What the notes add up to: pure functions of a journal and a day."""
