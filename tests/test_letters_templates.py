"""Templates are checked before they are needed; the finding files show what is said."""

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError

from kith.letters.language import environment
from kith.letters.simple import is_simple
from kith.letters.templates import check_template
from kith.model import Body, Letter

PIECES = st.sampled_from(
    [
        *(
            "{{ me.name }}",
            "{{ person.called }}",
            "{{ today }}",
            "{{ open }}",
            "{{ one.did }}",
            "{{ one.date }}",
            "{{ it }}",
        ),
        *("{% for one in done %}", "{% for it in met %}", "{% for loop in done %}", "{% endfor %}", "{{ loop.last }}"),
        *(
            "{% if done %}",
            "{% if not via %}",
            "{% if one.done %}",
            "{% else %}",
            "{% endif %}",
            "{% if not loop.last %}",
        ),
        *(
            "text",
            "{",
            "}}",
            "{#",
            "#}",
            "{{",
            "{{ me.nmae }}",
            "{{ me.name.x }}",
            "{%- if met %}",
            "{% endif -%}",
            "\n",
        ),
    ]
)


def letter(body: str, subject: str = "x") -> Letter:
    """Return a letter with this body."""
    return Letter(id="it", file="letters/it.md", serves="thank-you", subject=subject, body=Body(body, 6))


@given(st.lists(PIECES, max_size=9))
def test_what_is_simple_is_right(pieces: list[str]) -> None:
    source = "".join(pieces)
    if is_simple(source):
        environment().compile(source)
        assert check_template(letter(f"{source}{{# to be read by jinja2 #}}")) == ()


@given(st.lists(PIECES, max_size=9))
def test_anything_is_checked_without_a_traceback_and_places_are_within(pieces: list[str]) -> None:
    source = "".join(pieces)
    rows = source.split("\n")
    for problem in check_template(letter(source)):
        place = problem.place
        assert 6 <= place.line < 6 + len(rows)
        assert 1 <= place.column <= place.end_column <= len(rows[place.line - 6]) + 2
        if problem.name:
            assert rows[place.line - 6][place.column - 1 : place.end_column - 1] == problem.name
    try:
        environment().compile(source)
    except TemplateSyntaxError:
        assert any(not problem.name for problem in check_template(letter(source)))


def test_the_demo_letters_need_no_jinja2() -> None:
    assert is_simple(
        "Dear {{ person.called }},\n{% for item in done %}- {{ item.did }}\n{% endfor %}{% if via %}.{% endif %}"
    )
    assert not is_simple("{% for one in done %}{% else %}{% endfor %}")


def test_a_name_that_only_stands_in_a_string() -> None:
    (problem,) = check_template(letter("{{ 'persn' ~ persn }}"))
    assert (problem.place.column, problem.place.end_column) == (14, 19)


def test_a_name_split_over_lines_has_the_place_of_a_whole_line() -> None:
    (problem,) = check_template(letter("{{ me\n.nmae }}"))
    assert (problem.place.line, problem.place.column, problem.place.end_column) == (7, 1, 9)


def test_what_is_wrong_in_the_subject_stands_at_its_value() -> None:
    (problem,) = check_template(letter("x", "{{ persn }}"))
    assert (problem.place.line, problem.name) == (1, "persn")


def test_what_stands_too_deep_is_said_and_not_a_traceback() -> None:
    for source in ("{{ " + "(" * 2000 + "me" + ")" * 2000 + " }}", "{% if via %}" * 150 + "{% endif %}" * 150):
        assert not is_simple(source)
        (problem,) = check_template(letter(source))
        assert problem.message == "blocks or brackets stand too deep in each other"
