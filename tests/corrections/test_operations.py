"""What operations do, and when they are refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from server.corrections import operations
from server.corrections.operations import applied
from server.corrections.segments import StoredSegment
from server.corrections.wishes import EditWish
from server.problems import Problem
from tests.corrections.conftest import heard

SEGMENTS = [
    StoredSegment.of(heard("Good morning, Ada.", 0, speaker="1")),
    StoredSegment.of(heard("Good morning, Mister Babbage.", 1000, speaker="2")),
    StoredSegment.of(heard("Straße STRASSE strasse, İstanbul", 3000, speaker="1")),
]
LAST_MS = 4200


def apply(*operations: dict[str, Any]) -> list[StoredSegment]:
    """Apply operations to three segments of a recording that is shorter than what was heard."""
    return applied(SEGMENTS, EditWish.model_validate({"operations": operations}).operations, 4000)


@pytest.mark.parametrize(
    ("operations", "said"),
    [
        ([{"op": "change", "segment": 0, "speaker": None}], "None: Good morning, Ada."),
        ([{"op": "change", "segment": 0, "speaker": " Charles "}], "Charles: Good morning, Ada."),
        ([{"op": "change", "segment": 0, "text": "\r\nGood\r\nnight. "}], "1: Good\nnight."),
        ([{"op": "split", "segment": 0, "at": 4}, {"op": "merge", "segment": 0}], "1: Good morning, Ada."),
        ([{"op": "remove", "segment": 0}, {"op": "remove", "segment": 0}, {"op": "remove", "segment": 0}], ""),
        ([{"op": "insert", "after": -1, "start_ms": 0, "end_ms": 0, "text": "Hm", "speaker": "3"}], "3: Hm"),
        ([{"op": "rename_speaker", "speaker": "1", "name": "Charles"}], "Charles: Good morning, Ada."),
        ([{"op": "replace_all", "find": "good", "replacement": "fine"}], "1: fine morning, Ada."),
        ([{"op": "replace_all", "find": "good", "replacement": "x", "match_case": True}], "1: Good morning, Ada."),
        ([{"op": "replace_all", "find": "d", "replacement": "x", "whole_words": True}], "1: Good morning, Ada."),
        ([{"op": "replace_all", "find": ".", "replacement": "!"}], "1: Good morning, Ada!"),
        ([{"op": "replace_all", "find": "Good morning, Ada.", "replacement": " "}], "2: Good morning, Mister Babbage."),
    ],
)
def test_operations_are_applied(operations: list[dict[str, Any]], said: str) -> None:
    """One after the other, as is seen of the first segment."""
    after = apply(*operations)
    assert "".join(f"{s.speaker}: {s.text}" for s in after[:1]) == said


def test_what_is_left_alone_stays_the_same() -> None:
    """Its words aren't read, and its row isn't written."""
    after = apply(
        {"op": "remove", "segment": 0}, {"op": "change", "segment": 0, "text": "Good morning, Mister Babbage."}
    )
    assert [id(segment) for segment in after] == [id(segment) for segment in SEGMENTS[1:]]


@pytest.mark.parametrize(
    ("find", "options", "text"),
    [
        ("strasse", {}, "X X X, İstanbul"),
        ("STRASSE", {"match_case": True}, "Straße X strasse, İstanbul"),
        ("s", {}, "Xtraße XTRAXXE XtraXXe, İXtanbul"),
        ("İ", {}, "Straße STRASSE strasse, Xstanbul"),
        ("stanbul", {"whole_words": True}, "Straße STRASSE strasse, İstanbul"),
        ("straße", {"whole_words": True}, "X X X, İstanbul"),
    ],
)
def test_letters_that_are_several_when_folded_are_whole_letters(find: str, options: dict[str, bool], text: str) -> None:
    """Half of a sharp s is not found, and places after it are right."""
    assert apply({"op": "replace_all", "find": find, "replacement": "X", **options})[2].text == text


@pytest.mark.parametrize(
    ("text", "find", "left"),
    [
        ("can't can", "can", "can't X"),
        ("cafe\u0301 cafe", "cafe", "cafe\u0301 X"),
        ('צה"ל צה', "צה", 'צה"ל X'),
        ("می\u200cخواهم می", "می", "می\u200cخواهم X"),  # noqa: RUF001 - Persian
        ("'can' can", "can", "'X' X"),
        ("你好世界", "世界", "你好X"),
        ("hello hello", "hello", "X X"),
    ],
)
def test_whole_words_are_those_of_their_script(text: str, find: str, left: str) -> None:
    """Marks, apostrophes and joiners don't end a word; where scripts don't part words, every character does."""
    segments = [StoredSegment.of(heard(text))]
    wish = {"op": "replace_all", "find": find, "replacement": "X", "whole_words": True}
    assert applied(segments, EditWish.model_validate({"operations": [wish]}).operations, None)[0].text == left


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ({"op": "remove", "segment": 3}, "no_such_segment"),
        ({"op": "merge", "segment": 2}, "no_such_segment"),
        ({"op": "insert", "after": 3, "start_ms": 0, "end_ms": 0, "text": "x"}, "no_such_segment"),
        ({"op": "insert", "after": 0, "start_ms": 9, "end_ms": 8, "text": "x"}, "times_out_of_order"),
        ({"op": "insert", "after": -1, "start_ms": 9, "end_ms": 9, "text": "x"}, "times_out_of_order"),
        ({"op": "change", "segment": 2, "end_ms": LAST_MS + 1}, "times_out_of_order"),
        ({"op": "change", "segment": 1, "start_ms": 3001, "end_ms": 4000}, "times_out_of_order"),
        ({"op": "split", "segment": 1, "at": 4, "at_ms": 999}, "times_out_of_order"),
        ({"op": "split", "segment": 1, "at": 29}, "nothing_left"),
        ({"op": "split", "segment": 1, "at": 4_000}, "nothing_left"),
        ({"op": "replace_all", "find": "a", "replacement": "a" * 500}, None),
    ],
)
def test_what_can_not_be_is_refused(operation: dict[str, Any], code: str | None) -> None:
    """With a reason; times may reach as far as the engine has heard."""
    if code is None:
        operation |= {"find": "o", "replacement": "o" * 450}
        apply(operation, {"op": "change", "segment": 2, "end_ms": LAST_MS - 1, "start_ms": 3002})
        operation, code = operation | {"replacement": "oo" * 250, "find": "oo"}, "text_too_long"
        with pytest.raises(Problem) as refused:
            apply(*[operation] * 11)
    else:
        with pytest.raises(Problem) as refused:
            apply(operation)
    assert (refused.value.status, refused.value.code) == (422, code)


def test_times_are_looked_at_when_all_is_done() -> None:
    """So that many can be moved in whichever order."""
    later = [
        {"op": "change", "segment": n, "start_ms": at, "end_ms": at} for n, at in ((0, 3500), (1, 3500), (2, 3500))
    ]
    assert [segment.start_ms for segment in apply(*later)] == [3500] * 3


def test_a_letter_that_is_everywhere_is_not_replaced() -> None:
    """It would be a mistake, and every version is kept."""
    segments = [StoredSegment.of(heard("a" * 5000))] * 3
    wish = EditWish.model_validate({"operations": [{"op": "replace_all", "find": "a", "replacement": "b"}]})
    with pytest.raises(Problem, match="10,000 times"):
        applied(segments, wish.operations, None)


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "change", "segment": 0, "text": " \n"},
        {"op": "change", "segment": 0, "text": "a\0"},
        {"op": "change", "segment": 0, "text": "a\x1b"},
        {"op": "change", "segment": 0, "text": "a\ud800"},
        {"op": "change", "segment": 0, "text": "a" * 5001},
        {"op": "change", "segment": 0, "speaker": "a\nb"},
        {"op": "change", "segment": 0, "speaker": "a" * 101},
        {"op": "change", "segment": -1, "text": "a"},
        {"op": "change", "segment": 0, "start_ms": -1},
        {"op": "change", "segment": 0, "start_ms": 2**63},
        {"op": "change", "segment": 0, "words": []},
        {"op": "replace_all", "find": "", "replacement": "a"},
        {"op": "replace_all", "find": "a", "replacement": "\0"},
        {"op": "remove"},
        {"op": "translate", "segment": 0},
    ],
)
def test_what_is_no_wish_is_refused(operation: dict[str, Any]) -> None:
    """Empty texts, control characters, halves of characters, and whatever is unknown."""
    with pytest.raises(ValidationError):
        EditWish.model_validate({"operations": [operation]})


@pytest.mark.parametrize("count", [0, 201])
def test_an_edit_has_up_to_200_operations(count: int) -> None:
    """And at least one."""
    with pytest.raises(ValidationError):
        EditWish.model_validate({"operations": [{"op": "remove", "segment": 0}] * count})


@pytest.mark.parametrize(
    ("replacements", "code"),
    [
        ([("a", "b"), ("b", "a")], "too_many_replacements"),
        ([("b", "字" * 500)] * 2, "edit_too_large"),
        ([(" b", "x" * 450)], "edit_too_large"),
        ([("a b", "a c"), ("c b", "c d")], "edit_too_large"),
    ],
)
def test_an_edit_is_no_more_than_a_moment_of_work(
    monkeypatch: pytest.MonkeyPatch, replacements: list[tuple[str, str]], code: str
) -> None:
    """However little it takes to ask for it: all operations count, and so does what a transcript comes to."""
    for limit, most in (
        ("MOST_SEARCHED", 350),
        ("MOST_REPLACEMENTS", 100),
        ("MOST_WORDS", 2_500),
        ("MOST_CHARACTERS", 10_000),
    ):
        monkeypatch.setattr(operations, limit, most)
    segments = [StoredSegment.of(heard("a a a b b", 1500 * place)) for place in range(25)]
    wished = [{"op": "replace_all", "find": find, "replacement": instead} for find, instead in replacements]
    with pytest.raises(Problem) as refused:
        applied(segments, EditWish.model_validate({"operations": wished}).operations, None)
    assert refused.value.code == code
