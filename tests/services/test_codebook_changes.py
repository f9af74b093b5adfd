"""Changes of the codebook, each an event: what it does to codes and codings, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError
from harken.model import Code, Coding, Family, ResponseKey
from harken.services.browsing import reader_for
from harken.services.checking import check_project
from harken.services.codebooks import current_codebook
from harken.services.codebooks.changing import ChangedMeanwhileError
from harken.services.codebooks.codes import (
    add_code,
    change_code,
    remove_code,
    rename_code,
    restore_code,
    retire_code,
)
from harken.services.codebooks.families import (
    add_family,
    change_family,
    move_family,
    remove_family,
    rename_family,
)
from harken.services.codebooks.merging import merge_codes, preview_merge
from harken.services.codebooks.moving import move_code, step
from harken.services.codebooks.undoing import redo_change, undo_change
from harken.storage.codebooks import stored_codebook, usage
from harken.storage.coding import Draft, coding_rows, decide, draft_at, put_draft
from harken.storage.store import Store

PEOPLE = ["P1", "P2", "P3"]
ANSWERS = [(name, "q", f"what {name} said of it") for name in PEOPLE]
PATHS = ("theme.wait", "theme.wait.phone", "theme.staff", "risk.fear")
DECISIONS = [
    decision(LEAD, "P1", "q", "theme.wait", "theme.staff"),
    decision(LEAD, "P2", "q", "theme.wait"),
    decision("ben", "P1", "q", "theme.staff"),
]


@pytest.fixture
def store(study: Callable[..., Store]) -> Store:
    return study(people=PEOPLE, answers=ANSWERS, codebook=codebook(*PATHS), decisions=DECISIONS)


def paths(store: Store) -> tuple[str, ...]:
    assert check_project(store) == ()
    return current_codebook(store).paths


def coded(store: Store) -> list[tuple[str, str, str]]:
    return [(row.coder, row.participant, row.code) for row in coding_rows(store)]


CODED = [
    ("ben", "P1", "theme.staff"),
    (LEAD, "P1", "theme.staff"),
    (LEAD, "P1", "theme.wait"),
    (LEAD, "P2", "theme.wait"),
]

# -- one change at a time


def test_a_new_code_stands_last_or_before_the_one_named(store) -> None:
    assert add_code(store, "theme", Code(key="cost", label="Cost"), actor=LEAD).path == "theme.cost"
    add_code(store, "wait", Code(key="queue", label=""), actor=LEAD, before="phone")
    assert paths(store) == (
        *("theme.wait", "theme.wait.queue", "theme.wait.phone", "theme.staff", "theme.cost", "risk.fear"),
    )
    assert current_codebook(store).entries["theme.wait.queue"].code.label == "queue"


def test_a_code_is_worded_anew_and_keeps_its_codings(store) -> None:
    wording = {"definition": "Any wait.", "keywords": ("wait", "queue")}
    assert change_code(store, "wait", actor=LEAD, wording=wording).said == "Wait is changed."
    code = current_codebook(store).entries["theme.wait"].code
    assert (code.definition, code.keywords, code.codes[0].key) == ("Any wait.", ("wait", "queue"), "phone")
    assert coded(store) == CODED


def test_a_wording_that_changes_nothing_writes_nothing(store) -> None:
    before = store.project_hash()
    assert change_code(store, "wait", actor=LEAD, wording={"label": "Wait"}).said == "Wait stays as it is."
    assert store.project_hash() == before


def test_another_key_moves_the_codes_below_and_keeps_the_codings(store) -> None:
    done = rename_code(store, "wait", "delay", actor=LEAD)
    assert (done.path, done.said) == (
        "theme.delay",
        "theme.wait is theme.delay now. The codes below it (1) go along.",
    )
    assert paths(store) == ("theme.delay", "theme.delay.phone", "theme.staff", "risk.fear")
    assert usage(store) == {"theme.delay": 2, "theme.staff": 2}
    assert stored_codebook(store).ids["theme.delay"] == "theme.wait"


def test_a_code_moves_with_all_below_it(store) -> None:
    move_code(store, "wait", actor=LEAD, under="risk", before="fear")
    assert paths(store) == ("theme.staff", "risk.wait", "risk.wait.phone", "risk.fear")
    move_code(store, "phone", actor=LEAD, under="staff")
    assert paths(store) == ("theme.staff", "theme.staff.phone", "risk.wait", "risk.fear")


def test_codes_and_families_step_up_and_down_among_their_siblings(store) -> None:
    step(store, "staff", -1, actor=LEAD)
    assert paths(store) == ("theme.staff", "theme.wait", "theme.wait.phone", "risk.fear")
    step(store, "risk", -1, actor=LEAD)
    assert paths(store) == ("risk.fear", "theme.staff", "theme.wait", "theme.wait.phone")
    with pytest.raises(HarkenError, match=r"Staff is the first one there\."):
        step(store, "staff", -1, actor=LEAD)


def test_a_retired_code_keeps_its_codings_and_comes_back_when_restored(store) -> None:
    assert retire_code(store, "wait", actor=LEAD).said == (
        "Wait is retired; its codings stay. The codes below it (1) stay in use."
    )
    assert current_codebook(store).entries["theme.wait"].code.is_retired
    assert coded(store) == CODED
    restore_code(store, "wait", actor=LEAD)
    assert not current_codebook(store).entries["theme.wait"].code.is_retired
    assert check_project(store) == ()


def test_a_code_that_nobody_applied_can_be_removed(store) -> None:
    remove_code(store, "phone", actor=LEAD)
    assert paths(store) == ("theme.wait", "theme.staff", "risk.fear")


def test_families_are_made_worded_renamed_moved_and_removed(store) -> None:
    add_family(store, Family(key="tone", label="Tone"), actor=LEAD, before="risk")
    change_family(store, "tone", actor=LEAD, wording={"exclusive": True, "scale": "ordinal"})
    rename_family(store, "theme", "topic", actor=LEAD)
    move_family(store, "risk", actor=LEAD, before="topic")
    assert paths(store) == ("risk.fear", "topic.wait", "topic.wait.phone", "topic.staff")
    tone = current_codebook(store).family("tone")
    assert (tone.exclusive, tone.scale) == (True, "ordinal")
    remove_family(store, "tone", actor=LEAD)
    assert [family.key for family in current_codebook(store).families] == ["risk", "topic"]


# -- merging


def test_a_merge_carries_the_codings_over_and_what_stands_below(store) -> None:
    merge_codes(store, "wait", "staff", actor=LEAD)
    assert paths(store) == ("theme.staff", "theme.staff.phone", "risk.fear")
    assert coded(store) == [
        ("ben", "P1", "theme.staff"),
        (LEAD, "P1", "theme.staff"),
        (LEAD, "P2", "theme.staff"),
    ]


def test_a_merge_says_before_what_it_will_do(store) -> None:
    change_code(store, "wait", actor=LEAD, wording={"keywords": ("Wait", "queue"), "examples": ("So long",)})
    change_code(store, "staff", actor=LEAD, wording={"keywords": ("wait",)})
    preview = preview_merge(store, "wait", "staff", reader=reader_for(store, LEAD))
    assert preview.said == "2 answers go over; 1 of these has both already; 1 code below it too."
    assert (preview.examples, preview.keywords) == (("So long",), ("queue",))


def test_a_merge_gives_examples_and_keywords_where_asked(store) -> None:
    change_code(store, "wait", actor=LEAD, wording={"keywords": ("queue",), "examples": ("So long",)})
    merge_codes(store, "wait", "staff", actor=LEAD, with_examples=True)
    code = current_codebook(store).entries["theme.staff"].code
    assert (code.examples, code.keywords) == (("So long",), ())


def test_drafts_go_over_too(store) -> None:
    draft_of(store, "P3", "theme.wait")
    merge_codes(store, "wait", "staff", actor=LEAD)
    assert drafted(store, "P3") == ("theme.staff",)


def draft_of(store: Store, name: str, *codes: str) -> None:
    with store.action(LEAD) as action:
        draft = Draft(codings=tuple(Coding(code) for code in codes))
        put_draft(action, stored_codebook(store), ResponseKey(name, "q"), draft, round="main", coder=LEAD)


def drafted(store: Store, name: str) -> tuple[str, ...]:
    draft = draft_at(store, stored_codebook(store), ResponseKey(name, "q"), round="main", coder=LEAD)
    return () if draft is None else draft.codes


def test_undoing_a_merge_gives_back_each_coding_as_it_was_and_leaves_later_ones(store) -> None:
    draft_of(store, "P3", "theme.wait")
    merge_codes(store, "wait", "staff", actor=LEAD, with_keywords=True)
    with store.action("ben") as action:
        decide(action, stored_codebook(store), decision("ben", "P2", "q", "theme.staff"))
    undo_change(store, actor=LEAD)
    assert paths(store) == PATHS
    assert coded(store) == [*CODED[:3], ("ben", "P2", "theme.staff"), CODED[3]]
    assert drafted(store, "P3") == ("theme.wait",)
    redo_change(store, actor=LEAD)
    assert usage(store) == {"theme.staff": 4}
    assert check_project(store) == ()


def test_a_merge_chain_is_undone_link_by_link(store) -> None:
    merge_codes(store, "wait", "staff", actor="ben")
    merge_codes(store, "staff", "fear", actor=LEAD)
    assert usage(store) == {"risk.fear": 3}
    with pytest.raises(
        HarkenError, match=r"lead came after it with the merge of theme\.staff into risk\.fear"
    ):
        undo_change(store, actor="ben")
    undo_change(store, actor=LEAD)
    assert usage(store) == {"theme.staff": 3}
    undo_change(store, actor="ben")
    assert coded(store) == CODED
    assert check_project(store) == ()


# -- what makes no sense


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (
            lambda s: add_code(s, "theme", Code(key="wait", label="W"), actor=LEAD),
            "'theme.wait' stands there",
        ),
        (
            lambda s: add_code(s, "nope", Code(key="x", label=""), actor=LEAD),
            "No code 'nope' in the codebook",
        ),
        (lambda s: add_code(s, "theme", Code(key="a b", label=""), actor=LEAD), "may hold only letters"),
        (lambda s: change_code(s, "theme", actor=LEAD, wording={}), "'theme' is a family"),
        (
            lambda s: change_code(s, "wait", actor=LEAD, wording={"hotkey": "W"}),
            "theme.wait: the hotkey 'W' must be one or two of the letters a to z",
        ),
        (
            lambda s: change_code(s, "wait", actor=LEAD, wording={"questions": ("q7",)}),
            "theme.wait is limited to 'q7', which is no question here. Questions: q.",
        ),
        (lambda s: rename_code(s, "wait", "staff", actor=LEAD), "A code 'theme.staff' exists already"),
        (lambda s: rename_code(s, "wait", "wait", actor=LEAD), "has this key already"),
        (lambda s: move_code(s, "wait", actor=LEAD, under="phone"), "cannot stand below itself"),
        (lambda s: move_code(s, "staff", actor=LEAD), "stands there already"),
        (lambda s: move_code(s, "fear", actor=LEAD, before="staff"), "does not stand directly below 'risk'"),
        (lambda s: merge_codes(s, "wait", "phone", actor=LEAD), "stands below 'theme.wait'"),
        (lambda s: merge_codes(s, "wait", "wait", actor=LEAD), "cannot be merged into itself"),
        (lambda s: remove_code(s, "staff", actor=LEAD), "is applied to answers. Retire it"),
        (lambda s: remove_code(s, "wait", actor=LEAD), "Codes stand below 'theme.wait'"),
        (lambda s: remove_family(s, "theme", actor=LEAD), "Codes stand in 'theme'"),
        (lambda s: restore_code(s, "wait", actor=LEAD), "is not retired"),
        (lambda s: rename_family(s, "theme", "risk", actor=LEAD), "cannot have the key of another family"),
        (lambda s: add_family(s, Family(key="risk", label=""), actor=LEAD), "'risk' exists already"),
        (lambda s: undo_change(s, actor="ben"), "Nothing to undo"),
        (lambda s: redo_change(s, actor=LEAD), "Nothing to redo"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(store, verb, words) -> None:
    before = store.project_hash()
    with pytest.raises(HarkenError) as refused:
        verb(store)
    assert words in str(refused.value)
    assert store.project_hash() == before


def test_a_merge_into_a_retired_code_is_refused(store) -> None:
    retire_code(store, "staff", actor=LEAD)
    with pytest.raises(HarkenError, match="is retired; restore it first"):
        merge_codes(store, "wait", "staff", actor=LEAD)


def test_a_letter_of_a_retired_code_stays_its_own(store) -> None:
    change_code(store, "wait", actor=LEAD, wording={"hotkey": "w"})
    retire_code(store, "wait", actor=LEAD)
    with pytest.raises(HarkenError, match=r"the hotkey 'w' is taken by theme\.wait"):
        change_code(store, "staff", actor=LEAD, wording={"hotkey": "w"})
    change_code(store, "staff", actor=LEAD, wording={"hotkey": "s"})
    restore_code(store, "wait", actor=LEAD)
    with pytest.raises(HarkenError, match=r"theme\.wait: the hotkey 's' is taken by theme\.staff \('s'\)"):
        change_code(store, "wait", actor=LEAD, wording={"hotkey": "s"})


def test_a_family_becomes_exclusive_only_where_no_work_holds_two_of_it(store) -> None:
    with pytest.raises(HarkenError, match="Theme takes one code an answer, but your work on 'P1', 'q' would"):
        change_family(store, "theme", actor=LEAD, wording={"exclusive": True})
    with pytest.raises(HarkenError, match="but 1 of other coders' decisions or drafts would hold two"):
        change_family(store, "theme", actor="ben", wording={"exclusive": True})
    merge_codes(store, "wait", "staff", actor=LEAD)
    change_family(store, "theme", actor=LEAD, wording={"exclusive": True})


def test_a_merge_that_an_exclusive_family_relies_on_is_not_undone(store) -> None:
    merge_codes(store, "wait", "staff", actor=LEAD)
    change_family(store, "theme", actor="ben", wording={"exclusive": True})
    with pytest.raises(HarkenError, match="Theme takes one code an answer, but your work on 'P1'"):
        undo_change(store, actor=LEAD)


def test_a_merge_into_an_exclusive_family_leaves_one_code_an_answer_or_is_refused(store) -> None:
    change_family(store, "risk", actor=LEAD, wording={"exclusive": True})
    merge_codes(store, "staff", "fear", actor=LEAD)
    with pytest.raises(HarkenError, match="Risk takes one code an answer"):
        move_code(store, "wait", actor=LEAD, under="risk")


# -- two people, one code


def test_a_code_that_was_changed_meanwhile_is_not_written_over(store) -> None:
    seen = current_codebook(store).entries["theme.wait"].code
    change_code(store, "wait", actor="ben", wording={"definition": "Theirs"})
    with pytest.raises(ChangedMeanwhileError) as refused:
        change_code(store, "wait", actor=LEAD, wording={"definition": "Mine"}, base=seen)
    assert refused.value.theirs == Code(key="wait", label="Wait", definition="Theirs")
    change_code(store, "wait", actor=LEAD, wording={"definition": "Mine"}, base=refused.value.theirs)
    assert current_codebook(store).entries["theme.wait"].code.definition == "Mine"


# -- undo and redo


UNDOABLE = {
    "add": lambda s: add_code(s, "theme", Code(key="cost", label="Cost"), actor=LEAD, before="staff"),
    "change": lambda s: change_code(s, "wait", actor=LEAD, wording={"label": "Waiting"}),
    "rename": lambda s: rename_code(s, "wait", "delay", actor=LEAD),
    "move": lambda s: move_code(s, "wait", actor=LEAD, under="risk"),
    "reorder": lambda s: step(s, "wait", 1, actor=LEAD),
    "merge": lambda s: merge_codes(s, "wait", "fear", actor=LEAD, with_keywords=True),
    "retire": lambda s: retire_code(s, "wait", actor=LEAD),
    "remove": lambda s: remove_code(s, "phone", actor=LEAD),
    "add family": lambda s: add_family(s, Family(key="tone", label="T"), actor=LEAD, before="risk"),
    "change family": lambda s: change_family(s, "risk", actor=LEAD, wording={"label": "Risks"}),
    "rename family": lambda s: rename_family(s, "theme", "topic", actor=LEAD),
    "move family": lambda s: move_family(s, "theme", actor=LEAD),
}


@pytest.mark.parametrize("verb", UNDOABLE.values(), ids=UNDOABLE)
def test_every_change_is_undone_and_redone(store, verb) -> None:
    change_code(store, "wait", actor=LEAD, wording={"keywords": ("queue",)})
    before = (current_codebook(store), coded(store))
    verb(store)
    after = (current_codebook(store), coded(store))
    assert after != before
    undo_change(store, actor=LEAD)
    assert (current_codebook(store), coded(store)) == before
    redo_change(store, actor=LEAD)
    assert (current_codebook(store), coded(store)) == after
    undo_change(store, actor=LEAD)
    undo_change(store, actor=LEAD)
    assert current_codebook(store) == codebook(*PATHS)
    assert check_project(store) == ()


def test_undo_goes_back_over_earlier_changes_and_redo_ends_at_a_new_one(store) -> None:
    rename_code(store, "wait", "delay", actor=LEAD)
    retire_code(store, "staff", actor=LEAD)
    undo_change(store, actor=LEAD)
    undo_change(store, actor=LEAD)
    redo_change(store, actor=LEAD)
    assert paths(store) == ("theme.delay", "theme.delay.phone", "theme.staff", "risk.fear")
    add_code(store, "risk", Code(key="cost", label=""), actor=LEAD)
    with pytest.raises(HarkenError, match="Nothing to redo"):
        redo_change(store, actor=LEAD)


def test_what_another_built_upon_is_not_undone(store) -> None:
    add_code(store, "theme", Code(key="cost", label="Cost"), actor=LEAD)
    change_code(store, "cost", actor="ben", wording={"definition": "Money"})
    with pytest.raises(
        HarkenError,
        match=r"The new code theme\.cost cannot be undone: ben came after it with the new wording of "
        r"theme\.cost\. Undo that first",
    ):
        undo_change(store, actor=LEAD)
    undo_change(store, actor="ben")
    undo_change(store, actor=LEAD)
    assert paths(store) == PATHS


def test_what_another_changed_elsewhere_stays_when_one_undoes(store) -> None:
    change_code(store, "wait", actor=LEAD, wording={"label": "Waiting"})
    rename_code(store, "wait", "delay", actor="ben")
    retire_code(store, "delay", actor="ben")
    undo_change(store, actor=LEAD)
    code = current_codebook(store).entries["theme.delay"].code
    assert (code.key, code.label, code.is_retired) == ("delay", "Wait", True)
    redo_change(store, actor=LEAD)
    code = current_codebook(store).entries["theme.delay"].code
    assert (code.key, code.label, code.is_retired) == ("delay", "Waiting", True)


def test_a_new_code_that_was_applied_is_not_undone(store) -> None:
    add_code(store, "theme", Code(key="cost", label="Cost"), actor=LEAD)
    draft_of(store, "P3", "theme.cost")
    with pytest.raises(HarkenError, match=r"'theme\.cost' is applied to answers\. Retire it"):
        undo_change(store, actor=LEAD)


def test_an_import_is_not_undone_in_one_step(study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS, codebook=codebook("a.b"))
    with pytest.raises(HarkenError, match="Your last change is the import of a codebook"):
        undo_change(store, actor=LEAD)
