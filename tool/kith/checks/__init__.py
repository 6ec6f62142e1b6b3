"""What is wrong with a journal that can be read, and the documentation of every finding.

One file is one check: its docstring is what `kith explain` prints, `check` finds what it describes. A code that is
raised where notes are read (ranks 1 to 3) has a file without `check`. To add a check: its file, its line in `CHECKS`,
and its cases in `tests/checks/`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Protocol, runtime_checkable

from kith.checks import (
    after_closed,
    alias_is_a_name,
    ambiguous_link,
    anchor_or_tag,
    attachment_outside,
    bad_address,
    bad_choice,
    bad_duration,
    bad_setting,
    bad_time,
    bad_timezone,
    bad_url,
    blocked_link,
    byte_order_mark,
    closed_because_nothing,
    conflicted_copy,
    contact_without_card,
    control_character,
    curly_quotes,
    dead_file_link,
    dead_link,
    declined_not_closed,
    done_on_open_box,
    due_before_meeting,
    duplicate_id,
    duplicate_key,
    duplicate_question,
    file_name_date,
    front_matter_too_large,
    held_ahead,
    impossible_date,
    impossible_due,
    inbox_to_file,
    irregular_id,
    letter_syntax,
    line_separator,
    link_to_nobody,
    log_line_not_understood,
    logged_ahead,
    long_meeting,
    looks_like_a_secret,
    meeting_without_contact,
    merge_conflict,
    missing_attachment,
    missing_field,
    mistyped_heading,
    mistyped_label,
    mixed_newlines,
    names_not_asked,
    not_a_mapping,
    not_utf8,
    note_too_large,
    nudge_too_many,
    only_managers,
    organization_without_file,
    over_time,
    raw_html,
    referral_cycle,
    referral_without_via,
    referrer_without_file,
    remote_image,
    same_address,
    same_name,
    self_link,
    settings_disagree,
    stray_file,
    symbolic_link,
    syntax_error,
    tangled_paragraph,
    too_deep,
    unclear_date,
    unclosed_front_matter,
    unfilled_placeholder,
    unknown_key,
    unknown_letter_name,
    unknown_link,
    unlikely_year,
    unportable_name,
    unquoted_link,
    unreadable_file,
    unsorted_claim,
    unusual_log_form,
    value_is_comment,
    wrong_kind,
    wrong_kind_of_link,
)
from kith.diagnostics import Finding, Severity, sort_key
from kith.model import Journal
from kith.study.timeline import Timeline, read_timeline


class Documented(Protocol):
    """A module that says what a finding means."""

    CODE: str
    NAME: str
    SEVERITY: Severity
    __doc__: str | None


@runtime_checkable
class Check(Documented, Protocol):
    """A module that finds what it documents; what it takes grows with the notes, never with their square."""

    @staticmethod
    def check(timeline: Timeline) -> Iterator[Finding]:
        """Yield the findings, in any order."""
        ...


CHECKS: tuple[Documented, ...] = (
    not_utf8,  # K001
    byte_order_mark,  # K002
    mixed_newlines,  # K003
    control_character,  # K004
    merge_conflict,  # K005
    note_too_large,  # K006
    unreadable_file,  # K007
    symbolic_link,  # K008
    unportable_name,  # K009
    stray_file,  # K010
    conflicted_copy,  # K011
    tangled_paragraph,  # K012
    syntax_error,  # K101
    unclosed_front_matter,  # K102
    not_a_mapping,  # K104
    duplicate_key,  # K105
    unknown_key,  # K106
    missing_field,  # K107
    wrong_kind,  # K108
    bad_choice,  # K109
    anchor_or_tag,  # K110
    too_deep,  # K111
    unfilled_placeholder,  # K112
    front_matter_too_large,  # K113
    value_is_comment,  # K114
    line_separator,  # K115
    unquoted_link,  # K116
    bad_address,  # K117
    bad_url,  # K118
    curly_quotes,  # K119
    dead_link,  # K201
    dead_file_link,  # K202
    unknown_link,  # K203
    ambiguous_link,  # K204
    contact_without_card,  # K205
    duplicate_id,  # K206
    alias_is_a_name,  # K207
    self_link,  # K208
    missing_attachment,  # K209
    meeting_without_contact,  # K210
    organization_without_file,  # K211
    referrer_without_file,  # K212
    same_name,  # K213
    irregular_id,  # K214
    wrong_kind_of_link,  # K215
    referral_cycle,  # K216
    referral_without_via,  # K217
    same_address,  # K218
    link_to_nobody,  # K219
    impossible_date,  # K301
    unclear_date,  # K302
    file_name_date,  # K303
    held_ahead,  # K304
    unlikely_year,  # K305
    bad_duration,  # K306
    bad_time,  # K307
    bad_timezone,  # K308
    impossible_due,  # K309
    done_on_open_box,  # K310
    due_before_meeting,  # K311
    logged_ahead,  # K312
    log_line_not_understood,  # K401
    unusual_log_form,  # K402
    mistyped_label,  # K403
    after_closed,  # K404
    nudge_too_many,  # K405
    over_time,  # K406
    long_meeting,  # K407
    names_not_asked,  # K408
    only_managers,  # K409
    declined_not_closed,  # K410
    closed_because_nothing,  # K411
    mistyped_heading,  # K412
    inbox_to_file,  # K413
    unsorted_claim,  # K414
    duplicate_question,  # K416
    unknown_letter_name,  # K417
    letter_syntax,  # K418
    raw_html,  # K501
    remote_image,  # K502
    blocked_link,  # K503
    looks_like_a_secret,  # K504
    attachment_outside,  # K505
    bad_setting,  # K901
    settings_disagree,  # K902
)


def check(journal: Journal, today: date) -> tuple[Finding, ...]:
    """What is wrong with the journal on `today`, sorted, besides what was found when its files were read."""
    return check_timeline(read_timeline(journal, today))


def check_timeline(timeline: Timeline) -> tuple[Finding, ...]:
    """As `check`, for those who have read the timeline already."""
    found = {finding for module in CHECKS if isinstance(module, Check) for finding in module.check(timeline)}
    return tuple(sorted(found, key=sort_key))


def find_check(word: str) -> Documented | None:
    """The module of a code or a name, such as `K209` or `missing-attachment`, in any case."""
    folded = word.strip().casefold()
    return next((module for module in CHECKS if folded in (module.CODE.casefold(), module.NAME)), None)


def explain(word: str) -> str | None:
    """What a finding means, why, and what it looks like, as Markdown; None where `word` is no code or name of ours."""
    module = find_check(word)
    if module is None:
        return None
    return f"# {module.CODE} {module.NAME} ({module.SEVERITY})\n\n{summary(module)}\n{_rest(module)}"


def summary(module: Documented) -> str:
    """The sentence that says what a check finds."""
    return (module.__doc__ or "").partition("\n")[0]


def _rest(module: Documented) -> str:
    return (module.__doc__ or "").partition("\n")[2]
