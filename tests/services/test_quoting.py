"""Which quotes stand for a theme, under which names, and what is never quoted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_builder import _write_survey, build_study, codebook, decision

from harken.errors import HarkenError
from harken.model import MarkKind, ResponseKey, Round
from harken.services.marking import mark_words
from harken.services.quoting import (
    Consent,
    QuoteList,
    clear_quote,
    edit_quote,
    find_quotes,
    parse_consent,
    quotes_report,
    read_consent,
    remember_consent,
    take_back_edits,
)
from harken.services.withdrawing import withdraw_participant
from harken.storage.audit import findings
from harken.storage.quotes import numbers_in_print
from harken.storage.store import Store

SAID = {
    "p1": "the picture made me understand my knee",
    "p2": "the picture made me understand my back",
    "p3": "the picture let me understand the plan",
    "p4": "nobody had told me about the old fracture before",
    "p5": "I trust my doctor because she showed me everything",
}
CODES = codebook("benefit.understanding", "benefit.trust")


def decided(**codes: tuple[str, ...]) -> list:
    return [decision("ada", person, "q", *found) for person, found in codes.items()]


def a_study(study, **parts) -> Store:
    given = {
        "people": {name: {"team": "x" if name in ("p1", "p4") else "y", "ok": "yes"} for name in SAID},
        "answers": [(name, "q", said) for name, said in SAID.items()],
        "codebook": CODES,
        "decisions": decided(
            **dict.fromkeys(("p1", "p2", "p3", "p4"), ("benefit.understanding",)), p5=("benefit.trust",)
        ),
    }
    return study(**{**given, **parts})


def quoted(found: QuoteList, code: str = "benefit.understanding") -> list[tuple[str, str]]:
    theme = next(one for one in found.themes if one.code == code)
    return [(one.kind.value, one.words) for one in theme.quotes]


def people(found: QuoteList) -> list[str]:
    return [one.key.participant for theme in found.themes for one in theme.quotes]


def test_typical_is_like_the_other_answers_and_divergent_is_not(study) -> None:
    found = find_quotes(a_study(study), viewer="lead", per_theme=2)
    assert quoted(found)[1] == ("divergent", SAID["p4"])
    assert quoted(found)[0][0] == "typical"
    assert quoted(found)[0][1] in (SAID["p1"], SAID["p2"])
    assert quoted(found, "benefit.trust") == [("typical", SAID["p5"])]


def test_groups_take_turns(study) -> None:
    found = find_quotes(a_study(study), viewer="lead", by="team", per_theme=4)
    groups = [one.group for one in found.themes[0].quotes]
    assert (sorted(groups[:2]), sorted(groups[2:])) == (["x", "y"], ["x", "y"])


def test_a_place_that_a_coder_marked_comes_first_and_is_printed_alone(study) -> None:
    store = a_study(study)
    mark_words(store, ResponseKey("p4", "q"), "nobody had told me", kind=MarkKind.QUOTE, actor="ada")
    found = find_quotes(store, viewer="lead", per_theme=1)
    assert quoted(found) == [("typical", "nobody had told me …")]


def test_an_answer_on_which_coders_differ_comes_after_the_others(study) -> None:
    store = a_study(
        study,
        decisions=[
            *decided(
                p1=("benefit.understanding",), p2=("benefit.understanding",), p3=("benefit.understanding",)
            ),
            decision("ben", "p1", "q"),
            decision("ben", "p2", "q"),
        ],
    )
    found = find_quotes(store, viewer="lead", per_theme=1)
    assert people(found) == ["p3"]


def test_short_answers_come_last(study) -> None:
    store = a_study(
        study,
        answers=[("p1", "q", "understand"), ("p2", "q", SAID["p4"])],
        decisions=decided(p1=("benefit.understanding",), p2=("benefit.understanding",)),
    )
    assert people(find_quotes(store, viewer="lead", per_theme=1)) == ["p2"]


def test_excluded_and_withdrawn_people_are_not_quoted(study) -> None:
    store = a_study(study, excluded={"late": ["p1"]})
    withdraw_participant(store, "p2", actor="lead")
    assert {"p1", "p2"}.isdisjoint(people(find_quotes(store, viewer="lead", per_theme=9)))


def test_identifying_words_are_never_printed(study) -> None:
    store = a_study(study)
    mark_words(
        store, ResponseKey("p4", "q"), "old fracture", kind=MarkKind.IDENTIFYING, actor="ada", label="detail"
    )
    found = find_quotes(store, viewer="lead", per_theme=9)
    assert "nobody had told me about the [detail removed] before" in dict(map(reversed, quoted(found)))


def test_an_answer_of_which_redaction_leaves_next_to_nothing_is_left_out_and_counted(study) -> None:
    store = a_study(study)
    mark_words(
        store,
        ResponseKey("p5", "q"),
        "my doctor because she showed me everything",
        kind=MarkKind.IDENTIFYING,
        actor="ada",
        label="name",
    )
    theme = next(one for one in find_quotes(store, viewer="lead").themes if one.code == "benefit.trust")
    assert (theme.n, theme.n_offered, theme.left_out.identifying, theme.quotes) == (1, 0, 1, ())


def test_only_who_agreed_is_quoted_and_the_others_are_counted(study) -> None:
    store = a_study(
        study,
        people={name: {"ok": "Yes" if name in ("p3", "p5") else "no"} for name in SAID},
    )
    found = find_quotes(store, viewer="lead", consent=parse_consent(store, "ok"), per_theme=9)
    assert people(found) == ["p3", "p5"]
    assert [(one.n, one.n_offered, one.left_out.no_consent) for one in found.themes] == [(4, 1, 3), (1, 1, 0)]


def test_the_column_of_consent_is_remembered_once_and_can_be_forgotten(study) -> None:
    store = a_study(study)
    for _ in range(2):
        remember_consent(store, parse_consent(store, "ok=yes"), actor="lead")
    (n,) = store.connection.execute("SELECT count(*) FROM events WHERE kind = 'settings.changed'").fetchone()
    assert (read_consent(store), n) == (Consent(column="ok", value="yes"), 1)
    remember_consent(store, parse_consent(store, ""), actor="lead")
    assert read_consent(store) is None


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("teams", r"No column 'teams'.*Did you mean 'team'\?"),
        ("team", r"By column 'team' nobody agreed.*'x', 'z'.*--consent team=VALUE"),
    ],
)
def test_a_column_that_says_nothing_of_consent_is_refused(study, words: str, message: str) -> None:
    with pytest.raises(HarkenError, match=message):
        parse_consent(
            a_study(study, people={name: {"team": "x" if name == "p1" else "z"} for name in SAID}), words
        )


def test_a_label_stays_when_answers_are_added_and_people_withdraw(study) -> None:
    def labels(store: Store) -> dict[str, str]:
        found = find_quotes(store, viewer="lead", per_theme=9)
        return {one.key.participant: one.label for theme in found.themes for one in theme.quotes}

    store = a_study(study)
    before = labels(store)
    assert sorted(before.values()) == [f"Participant {number:03d}" for number in range(1, 6)]
    withdraw_participant(store, "p3", actor="lead")
    with store.action("lead") as action:
        _write_survey(
            action,
            {"p0": {"ok": "yes"}},
            {ResponseKey("p0", "q"): "the picture made me understand it"},
            {},
            {},
        )
    after = labels(store)
    assert after == {name: label for name, label in before.items() if name != "p3"}
    assert sorted(numbers_in_print(store).values()) == [1, 2, 3, 4, 5, 6]


def test_the_same_project_gives_the_same_quotes(study) -> None:
    store = a_study(study)
    assert find_quotes(store, viewer="lead", by="team") == find_quotes(store, viewer="lead", by="team")


def test_an_edited_wording_is_printed_and_the_answer_stays(study) -> None:
    store = a_study(study)
    edit_quote(store, ResponseKey("p4", "q"), "nobody had told me about [it] before", actor="lead")
    found = find_quotes(store, viewer="lead", per_theme=1)
    assert quoted(found) == [("typical", "nobody had told me about [it] before")]
    take_back_edits(store, ResponseKey("p4", "q"), actor="lead")
    assert ("divergent", SAID["p4"]) in quoted(find_quotes(store, viewer="lead", per_theme=2))
    assert list(findings(store)) == []


def test_a_wording_that_holds_what_was_marked_identifying_since_is_not_used(study) -> None:
    store = a_study(study)
    edit_quote(store, ResponseKey("p4", "q"), "nobody … the old fracture", actor="lead")
    mark_words(
        store, ResponseKey("p4", "q"), "old fracture", kind=MarkKind.IDENTIFYING, actor="ada", label="detail"
    )
    found = find_quotes(store, viewer="lead", per_theme=9)
    assert "nobody had told me about the [detail removed] before" in dict(map(reversed, quoted(found)))
    assert found.n_outdated == 1


def test_withdrawal_erases_an_edited_wording_for_good(study) -> None:
    store = a_study(study)
    edit_quote(store, ResponseKey("p4", "q"), "nobody had told me about [the thing] before", actor="lead")
    withdraw_participant(store, "p4", actor="lead")
    assert store.connection.execute("SELECT * FROM contents WHERE body LIKE '%the thing%'").fetchall() == []
    assert store.connection.execute("SELECT * FROM quote_edits").fetchall() == []
    assert list(findings(store)) == []


def test_nothing_is_worded_or_cleared_of_somebody_who_withdrew(study) -> None:
    store = a_study(study)
    withdraw_participant(store, "p4", actor="lead")
    says = "The answer of 'p4' to 'q' has no words to quote: it is blank, or they withdrew"
    with pytest.raises(HarkenError, match=says):
        edit_quote(store, ResponseKey("p4", "q"), "nobody", actor="lead")
    with pytest.raises(HarkenError, match=says):
        clear_quote(store, ResponseKey("p4", "q"), actor="lead")


def test_only_cleared_quotes_are_shown_on_request(study) -> None:
    store = a_study(study)
    key = ResponseKey("p2", "q")
    assert [one.words for one in clear_quote(store, key, actor="lead")] == [SAID["p2"]]
    found = find_quotes(store, viewer="lead", only_cleared=True)
    assert people(found) == ["p2"]
    assert found.themes[0].left_out.not_cleared == 3
    clear_quote(store, key, actor="lead", is_cleared=False)
    assert people(find_quotes(store, viewer="lead", only_cleared=True)) == []


def test_a_new_wording_has_to_be_cleared_anew(study) -> None:
    store = a_study(study)
    key = ResponseKey("p2", "q")
    edit_quote(store, key, "the picture … my back", actor="lead")
    clear_quote(store, key, actor="lead")
    edit_quote(store, key, "the picture … my [spine]", actor="lead")
    assert people(find_quotes(store, viewer="lead", only_cleared=True)) == []


def test_words_that_are_cleared_alone_are_printed_alone(study) -> None:
    store = a_study(study)
    clear_quote(store, ResponseKey("p2", "q"), actor="lead", words="understand my back")
    found = find_quotes(store, viewer="lead", only_cleared=True)
    assert quoted(found) == [("typical", "… understand my back")]


def test_taking_back_what_is_not_cleared_is_refused(study) -> None:
    with pytest.raises(HarkenError, match="Nothing in the answer of 'p2' is cleared"):
        clear_quote(a_study(study), ResponseKey("p2", "q"), actor="lead", is_cleared=False)


def test_a_long_answer_is_cut_to_sentences_in_a_row(study) -> None:
    filler = " ".join(f"word{number}" for number in range(30))
    said = f"First {filler}. The picture made me understand my knee. Then {filler}."
    store = a_study(
        study,
        answers=[*((name, "q", SAID[name]) for name in ("p2", "p3")), ("p1", "q", said)],
        decisions=decided(**dict.fromkeys(("p1", "p2", "p3"), ("benefit.understanding",))),
    )
    found = find_quotes(store, viewer="lead", per_theme=9)
    cut = next(one for one in found.themes[0].quotes if one.key.participant == "p1")
    assert cut.is_cut
    assert "The picture made me understand my knee." in cut.words
    assert len(cut.words.split()) <= 62


def test_small_groups_are_not_named_where_small_counts_are_kept_back(study) -> None:
    names = [f"p{number:02d}" for number in range(40)]
    store = study(
        people={name: {"team": "x" if number < 20 else "y"} for number, name in enumerate(names)},
        answers=[(name, "q", f"the picture made me understand it {name}") for name in names],
        codebook=CODES,
        decisions=[
            *(decision("ada", name, "q", "benefit.understanding") for name in [*names[:2], *names[20:]]),
            *(decision("ada", name, "q") for name in names[2:20]),
        ],
    )
    found = find_quotes(store, viewer="lead", by="team", threshold=5, codes=["understanding"])
    assert {(one.group, one.label.split()[0]) for one in found.themes[0].quotes} == {(None, "Participant")}
    assert (found.themes[0].n, found.themes[0].left_out) == (None, None)


def test_a_coder_with_a_blind_round_to_finish_sees_no_quotes_by_others_codes(study) -> None:
    store = a_study(
        study,
        rounds=[Round(name="blind", is_blind=True, coders=("ben",))],
        decisions=[*decided(p1=("benefit.understanding",)), decision("ben", "p2", "q", "benefit.trust")],
    )
    with pytest.raises(HarkenError, match=r"blind round of 'ben'.*--basis coder:ben"):
        find_quotes(store, viewer="ben")
    assert people(find_quotes(store, viewer="ben", basis="coder:ben")) == ["p2"]


def test_the_report_shows_no_participant_unless_asked_for(study) -> None:
    store = a_study(study)
    plain = quotes_report(find_quotes(store, viewer="lead"))
    named = quotes_report(find_quotes(store, viewer="lead", with_ids=True))
    printed = {cell.text for table in plain.tables for row in table.rows for cell in row}
    assert set(SAID).isdisjoint(printed)
    assert "p5" in {cell.text for table in named.tables for row in table.rows for cell in row}
    assert "participant" not in find_quotes(store, viewer="lead").to_records()[0]


@settings(max_examples=60, deadline=None)
@given(
    codes=st.lists(
        st.sets(st.sampled_from(["benefit.understanding", "benefit.trust"])), min_size=6, max_size=6
    ),
    teams=st.lists(st.sampled_from("xyz"), min_size=6, max_size=6),
    per_theme=st.integers(1, 5),
)
def test_nobody_is_quoted_twice_and_no_quote_lacks_its_theme(
    codes: list[set[str]], teams: list[str], per_theme: int
) -> None:
    names = [f"p{number}" for number in range(6)]
    with build_study(
        people={name: {"team": team} for name, team in zip(names, teams, strict=True)},
        answers=[(name, "q", f"the picture number {name} helped me a lot") for name in names],
        codebook=CODES,
        decisions=[
            decision("ada", name, "q", *sorted(found)) for name, found in zip(names, codes, strict=True)
        ],
    ) as store:
        result = find_quotes(store, viewer="lead", by="team", per_theme=per_theme)
        assert len(set(people(result))) == len(people(result))
        for theme in result.themes:
            assert len(theme.quotes) <= per_theme
            for one in theme.quotes:
                assert theme.code in codes[names.index(one.key.participant)]
            if len(theme.quotes) < per_theme:
                with_it = {name for name, found in zip(names, codes, strict=True) if theme.code in found}
                assert with_it <= set(people(result))
