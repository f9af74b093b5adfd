"""What changed between two codebooks, and the letters that codes get on the coding screen."""

from __future__ import annotations

from codebook_strategies import CODEBOOKS
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.codebook import CodebookDiff, EntryChange, assign_hotkeys, diff_codebooks
from harken.model import Code, Codebook, Family


def code(key: str, *children: Code, **fields: object) -> Code:
    return Code(key=key, codes=children, **{"label": key, **fields})  # type: ignore[arg-type]


def codebook(*codes: Code) -> Codebook:
    return Codebook(families=(Family(key="f", label="f", codes=codes),))


def test_codes_added_and_removed_are_listed_by_path():
    old = codebook(code("a", code("b")), code("c"))
    new = codebook(code("a", code("d")), code("c"), code("e"))
    assert diff_codebooks(old, new) == CodebookDiff(added=("f.a.d", "f.e"), removed=("f.a.b",))


def test_a_changed_code_is_listed_with_the_fields_that_differ():
    old = codebook(code("a", definition="x", keywords=("k",)))
    new = codebook(code("a", definition="y", hotkey="a", keywords=("k",)))
    assert diff_codebooks(old, new) == CodebookDiff(
        changed=(EntryChange(path="f.a", fields=("definition", "hotkey")),)
    )


def test_a_code_whose_children_changed_is_not_itself_changed():
    assert diff_codebooks(codebook(code("a")), codebook(code("a", code("b")))) == CodebookDiff(
        added=("f.a.b",)
    )


def test_families_and_the_codebook_itself_are_compared():
    old = Codebook(title="A", families=(Family(key="f", label="f"), Family(key="g", label="g")))
    new = Codebook(
        title="B", families=(Family(key="f", label="f", exclusive=True), Family(key="h", label="h"))
    )
    assert diff_codebooks(old, new) == CodebookDiff(
        added_families=("h",),
        removed_families=("g",),
        changed_families=(EntryChange(path="f", fields=("exclusive",)),),
        fields=("title",),
    )


def test_another_order_of_codes_is_a_difference_since_scales_follow_it():
    old, new = codebook(code("a"), code("b")), codebook(code("b"), code("x"), code("a"))
    assert diff_codebooks(old, new) == CodebookDiff(added=("f.x",), reordered=("f",))


def test_a_code_that_moved_is_a_probable_renaming():
    old, new = codebook(code("a"), code("b", label="Bee")), codebook(code("a", code("bee", label="Bee")))
    assert diff_codebooks(old, new).renamed == (("f.b", "f.a.bee"),)


def test_of_two_candidates_none_is_a_probable_renaming():
    old, new = codebook(code("b", label="Bee")), codebook(code("x", label="Bee"), code("y", label="Bee"))
    assert diff_codebooks(old, new).renamed == ()


def test_a_code_gets_a_letter_of_its_name_and_the_commonest_chooses_first():
    codes = codebook(
        code("trust", label="Trust"), code("time", label="Clinician time"), code("tea", label="Tea")
    )
    assert assign_hotkeys(codes, "q", usage={"f.tea": 9, "f.trust": 3}) == {
        "f.trust": "r",
        "f.time": "c",
        "f.tea": "t",
    }


def test_the_codebooks_own_hotkey_is_kept_however_rare_the_code():
    codes = codebook(code("trust"), code("other", hotkey="t"))
    assert assign_hotkeys(codes, "q", usage={"f.trust": 100}) == {"f.trust": "r", "f.other": "t"}


def test_codes_that_do_not_apply_to_the_question_take_no_letter():
    codes = codebook(code("trust", questions=("other",)), code("tea"))
    assert assign_hotkeys(codes, "q", usage={}) == {"f.tea": "t"}


def test_labels_in_other_scripts_and_with_accents_get_letters_too():
    codes = codebook(code("ärger", label="Ärger"), code("страх", label="Страх"))
    assert assign_hotkeys(codes, "q", usage={}) == {"f.ärger": "a", "f.страх": "b"}


def test_where_26_letters_are_too_few_the_rarest_codes_get_pairs():
    codes = codebook(*(code(f"code{number}") for number in range(30)))
    hotkeys = assign_hotkeys(codes, "q", usage={"f.code29": 1})
    assert len(hotkeys["f.code29"]) == 1
    assert sorted(len(hotkey) for hotkey in hotkeys.values()) == [1] * 25 + [2] * 5
    assert {hotkey[0] for hotkey in hotkeys.values() if len(hotkey) == 2} == {"z"}


def test_codes_beyond_all_pairs_get_no_hotkey():
    codes = codebook(*(code(f"code{number}") for number in range(700)))
    hotkeys = assign_hotkeys(codes, "q", usage={})
    assert (len(hotkeys), len(set(hotkeys.values()))) == (676, 676)


OWN_HOTKEYS = st.lists(st.from_regex("[a-z]{0,2}", fullmatch=True), min_size=0, max_size=120)


@settings(deadline=None)
@given(OWN_HOTKEYS)
def test_no_hotkey_begins_another_and_no_code_is_left_out_below_the_limit(own):
    codes = codebook(*(code(f"k{number}", hotkey=hotkey) for number, hotkey in enumerate(own)))
    hotkeys = list(assign_hotkeys(codes, "q", usage={}).values())
    assert not [(a, b) for a in hotkeys for b in hotkeys if a != b and b.startswith(a)]
    assert len(set(hotkeys)) == len(hotkeys)


@settings(deadline=None, max_examples=50)
@given(CODEBOOKS)
def test_any_codebook_of_few_codes_has_a_letter_for_each_that_is_in_use(codebook):
    applicable = [
        path
        for path, entry in codebook.entries.items()
        if entry.applies_to("q") and not entry.code.is_retired
    ]
    hotkeys = assign_hotkeys(codebook, "q", usage={})
    if len(applicable) <= 26:
        assert list(hotkeys) == applicable
        assert all(len(hotkey) == 1 for hotkey in hotkeys.values())
