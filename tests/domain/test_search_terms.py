"""Whatever part of a text somebody remembers is found, and nothing that is not there."""

from hypothesis import given
from hypothesis import strategies as st

from domain.search_terms import phrases_of, terms_of

characters = st.text(alphabet="漏水电梯停ab", min_size=1, max_size=12)
digits = st.text(alphabet="0123456789", min_size=1, max_size=12)


def finds(text, *fields):
    """What a full-text index does: every phrase stands among the terms, in one row."""
    terms = terms_of(fields).split()
    return all(stands_in(terms, *phrase) for phrase in phrases_of(text))


def stands_in(terms, pieces, goes_on):
    starts = range(len(terms) - len(pieces) + 1)
    return any(
        terms[at : at + len(pieces) - 1] == pieces[:-1]
        and (
            terms[at + len(pieces) - 1].startswith(pieces[-1]) if goes_on else terms[at + len(pieces) - 1] == pieces[-1]
        )
        for at in starts
    )


@given(run=characters | digits, part=characters | digits)
def test_a_run_is_found_exactly_by_its_parts(run, part):
    assert finds(part, run) == (part in run)


@given(run=characters, start=st.integers(0, 11), length=st.integers(1, 12))
def test_every_part_is_found(run, start, length):
    part = run[start : start + length]
    assert finds(part, "前面", run, "后面")


def test_nothing_is_found_across_two_fields():
    assert not finds("水电", "漏水", "电梯")


def test_a_room_is_found_as_it_is_typed():
    assert finds("3-2-501", "3-2-501") and finds("2-50", "3-2-501") and not finds("3-2-502", "3-2-501")


def test_full_width_and_capitals_make_no_difference():
    assert finds("１３８ ab", "13800138000", "AB")


def test_marks_alone_look_for_nothing():
    assert phrases_of("!? 💧 %") == []
