"""`kith draft`: a letter filled from the notes, for you to send. kith sends nothing."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict, Unpack

import click

from kith.cli.choosing import choose_contact, complete_contact, suggest
from kith.cli.manners import mind_manners
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import say, write
from kith.cli.writing import force_option
from kith.diagnostics.report import Report, printable, summarize
from kith.errors import JournalError
from kith.followups import RULES
from kith.followups.agenda import Entry, agenda, when_words
from kith.followups.world import quoted
from kith.letters import Desk, Draft, choose_letter, draft_letter, read_desk
from kith.letters.outreach import Message, Remark, lint_outreach
from kith.model import LOG_KINDS, Contact, Letter
from kith.pipeline import Review

# What each rule's letter is in the log, and what may go to somebody who wants to be left alone.
_KINDS = {rule.NAME: rule.LOG_KIND for rule in RULES}
_WELCOME = frozenset({"thank-you", "answer", "let-go"})
_OUTREACH = frozenset({"reach-out", "outreach"})


class How(TypedDict):
    """What becomes of a draft."""

    mailto: bool
    eml: str | None
    shows: bool
    allow_interview: bool
    force: bool


@click.command("draft", cls=Command)
@click.argument("who", required=False, shell_complete=complete_contact)
@click.argument("letter", required=False)
@click.option("--mailto", is_flag=True, help="Print a link that opens it in a mail program.")
@click.option("--eml", metavar="FILE", help="Write it as a draft for a mail program; `-` is stdout.")
@click.option("--open", "shows", is_flag=True, help="Open it in the mail program.")
@click.option("--check", metavar="FILE", help="Say what a first message of your own lacks; `-` is stdin.")
@click.option("--allow-interview", is_flag=True, help="Let the words `informational interview` be.")
@force_option("Draft it although the matter is closed, or past the last nudge.")
def command(who: str | None, letter: str | None, check: str | None, **how: Unpack[How]) -> None:
    """Fill a letter from the notes and print it: subject, addressee and text. Nothing is ever sent.

    WHO is an id, a name, an alias or the beginning of one; without it, those who have a letter due are listed. LETTER
    is the id of a letter, a follow-up rule or a kind of log line; without it, what is due first.
    """
    root, today = find_root(), find_today()
    reviewed = open_journal(root, today)
    contact = None if who is None else choose_contact(reviewed.journal, who)
    if check is not None:
        _check(reviewed, contact, check, allow_interview=how["allow_interview"])
    elif contact is None:
        _list(reviewed)
    else:
        desk = read_desk(reviewed.timeline)
        chosen = _choose(reviewed, desk, contact, letter)
        _mind(reviewed, contact, chosen, force=how["force"])
        draft = draft_letter(chosen, desk, contact.id)
        _hand_over(reviewed, draft, how)
        _say_what_to_mind(reviewed, chosen, draft, allow_interview=how["allow_interview"])
    if reviewed.findings:
        say(f"{summarize(Report(reviewed.findings, files=len(reviewed.files)))} See kith check.")


# --- which letter ----------------------------------------------------------------------------------------------------


def _due(reviewed: Review) -> Iterator[Entry]:
    """What letters serve: late, today, or within the horizon; who waits comes first, and one letter stands once."""
    shown = agenda(reviewed.followups, reviewed.background, everything=True)
    found = [
        entry for block in shown.blocks for entry in (*block.entries, *block.later) if entry.letter and block.contact
    ]
    return iter(sorted(found, key=lambda entry: (entry.weight, entry.due, _addressee(entry))))


def _addressee(entry: Entry) -> str:
    return entry.followups[0].contacts[0]


def _list(reviewed: Review) -> None:
    rows = []
    for entry in _due(reviewed):
        when = when_words(entry.due, entry.weight, reviewed.today)
        rows += [f"{when}: {entry.action}", f"  kith draft {quoted(_addressee(entry))} {quoted(entry.letter or '')}"]
    write("".join(f"{printable(row)}\n" for row in rows) or "no letter is due\n")


def _choose(reviewed: Review, desk: Desk, contact: Contact, wanted: str | None) -> Letter:
    letters = reviewed.journal.letters
    if wanted is None:
        own = (entry.letter for entry in _due(reviewed) if contact.id in entry.followups[0].contacts)
        # of what is due later than the horizon, the next
        later = (item.letter for item in reviewed.followups if contact.id in item.contacts and item.letter)
        found = next(own, None) or next(later, None)
        if found is not None:
            return letters[found]
        raise JournalError(f"no letter to {contact.name} is due", f"kith draft {quoted(contact.id)} {_some(letters)}")
    if wanted in letters:
        return letters[wanted]
    purposes = [wanted, *(rule for rule, kind in _KINDS.items() if kind == wanted), _KINDS.get(wanted, "")]
    if (chosen := choose_letter(desk, tuple(filter(None, purposes)), contact.id)) is not None:
        return chosen
    if wanted in _KINDS or wanted in LOG_KINDS:
        raise JournalError(f"no letter in `letters/` is for `{wanted}`", f"kith new letter {wanted}")
    raise JournalError(f"there is no letter `{wanted}`", suggest(wanted, letters) or f"one of {', '.join(letters)}")


def _some(letters: object) -> str:
    return "LETTER" if letters else "LETTER, once there is one: kith new letter"


def _mind(reviewed: Review, contact: Contact, letter: Letter, *, force: bool) -> None:
    """Ask before going after somebody who has ended the matter, or has not answered the last nudge."""
    kind = _KINDS.get(letter.serves) or letter.serves
    if not {kind, letter.serves} & _WELCOME:
        mind_manners(reviewed, contact, kind, reviewed.today, force=force)


# --- what becomes of it ----------------------------------------------------------------------------------------------


def _hand_over(reviewed: Review, draft: Draft, how: How) -> None:
    """Print the draft, as a link or a file if that is asked for, and open it."""
    from kith.letters.mail import to_eml, to_mailto

    contact, file = reviewed.journal.contacts[draft.contact], how["eml"]
    if file == "-":
        write(to_eml(draft, reviewed.journal).decode().replace("\r\n", "\n"))
    elif file is not None:
        _write_new(Path(file), to_eml(draft, reviewed.journal))
        write(f"{file}\n")
    elif how["mailto"]:
        write(f"{to_mailto(draft)}\n")
    else:
        to = f" <{', '.join(draft.to)}>" if draft.to else ""
        rows = [f"To: {contact.name}{to}", f"Subject: {draft.subject}", "", *draft.text.rstrip("\n").split("\n")]
        write("".join(f"{printable(row)}\n" for row in rows))
    if how["shows"]:
        click.launch(file if file not in (None, "-") else to_mailto(draft))


def _say_what_to_mind(reviewed: Review, letter: Letter, draft: Draft, *, allow_interview: bool) -> None:
    contact = reviewed.journal.contacts[draft.contact]
    if not draft.to:
        say(printable(f"{contact.name} has no address: the key `email` of {contact.file}"))
    for text in (*draft.remarks, *(f"to fill in: {blank}" for blank in draft.blanks)):
        say(printable(text))
    if letter.serves in _OUTREACH:
        message = Message(draft.text, reviewed.journal, contact)
        for remark in lint_outreach(message, allow_interview=allow_interview):
            say(printable(_describe(remark, draft.text, "draft")))


def _write_new(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise JournalError(f"`{path}` exists already, and nothing is overwritten", "choose another name") from None


# --- the lint of a message -------------------------------------------------------------------------------------------


def _check(reviewed: Review, contact: Contact | None, file: str, *, allow_interview: bool) -> None:
    text = _read(file)
    message = Message(text, reviewed.journal, contact)
    found = lint_outreach(message, allow_interview=allow_interview)
    name = "<stdin>" if file == "-" else file
    for remark in found:
        write(f"{printable(_describe(remark, text, name))}\n")
    if not found:
        say("nothing is missing, and nothing is out of place")


def _read(file: str) -> str:
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise JournalError("the message is not UTF-8") from None


def _describe(remark: Remark, text: str, file: str) -> str:
    return f"{remark.place(text, file)}: {remark.name}: {remark.message} ({remark.source})"
