"""A draft for a mail program: a `mailto:` link, or a message file that opens as a draft. Nothing is sent."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from kith.errors import JournalError
from kith.letters import Draft
from kith.model import Journal

if TYPE_CHECKING:  # 10 ms, so it is imported where a message is written: pages need but a link
    from email.headerregistry import Address


def to_mailto(draft: Draft) -> str:
    """The link that opens a draft; lines end as RFC 6068 wants them. Without an address the program asks for it."""
    to = quote(draft.to[0], safe="@") if draft.to else ""
    body = draft.text.rstrip("\n").replace("\n", "\r\n")
    return f"mailto:{to}?subject={quote(draft.subject, safe='')}&body={quote(body, safe='')}"


def to_eml(draft: Draft, journal: Journal) -> bytes:
    """A message file: `X-Unsent: 1` makes a mail program open it for writing. It has no date: nobody has sent it."""
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if journal.owner.email:
        message["From"] = _address(journal.owner.name, journal.owner.email[0])
    if draft.to:
        message["To"] = _address(journal.contacts[draft.contact].name, draft.to[0])
    message["Subject"] = draft.subject
    message.set_content(draft.text, cte="quoted-printable")
    data = message.as_bytes()
    return data if data.endswith(b"\n") else data + b"\r\n"


def _address(name: str, address: str) -> "Address":
    from email.errors import MessageError
    from email.headerregistry import Address

    try:
        return Address(display_name=" ".join(name.split()), addr_spec=address)
    except (MessageError, ValueError, IndexError) as error:
        raise JournalError(f"`{address}` is not an address that a mail program takes: {error}", "kith check") from None
