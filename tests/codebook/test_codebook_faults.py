"""What `check` says of a codebook in YAML: every fault, at its line and column."""

# ruff: noqa: E501 - a row of a table of messages stands on one line

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest

from harken.codebook import check_codebook, parse_codebook, read_codebook
from harken.errors import HarkenError
from harken.model import Code, Codebook, Family

CODES = "harken: 1\nfamilies:\n  - key: f\n    codes:\n"
"""Four lines; what follows are codes, each beginning `      - `."""


def faults(text: str) -> list[str]:
    return [str(fault) for fault in check_codebook(text)]


@pytest.mark.parametrize(
    "text",
    [
        "harken: 1\n",
        "harken: 1\nfamilies:\n",
        "harken: 1\nfamilies: []\n",
        CODES,
        "harken: 1\nfamilies:\n  - key: f\n",
        "\ufeffharken: 1\n",
        "# a comment\r\nharken: 1\r\nfamilies:\r\n  - key: f\r\n    codes: ~\r\n",
        "%YAML 1.1\n---\nharken: 1\n...\n",
    ],
)
def test_a_codebook_may_be_empty(text, tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    assert read_codebook(path).paths == ()


def test_all_fields_of_the_format_are_read():
    text = """harken: 1
title: T
language: de
families:
  - key: benefit
    label: Benefits
    definition: good
    exclusive: true
    scale: ordinal
    codes:
      - key: understanding
        label: Understanding
        definition: d
        include: i
        exclude: e
        examples: ["I see"]
        keywords: [understand, "make sense"]
        patterns: [[{LEMMA: see}, {IS_ALPHA: true, OP: "{0,3}"}, {LENGTH: 3}]]
        questions: [q_benefits]
        hotkey: u
        value: 1.5
        codes:
          - key: "1"
            value: -2
"""
    child = Code(key="1", label="1", value=-2.0)
    code = Code(
        key="understanding",
        label="Understanding",
        definition="d",
        include="i",
        exclude="e",
        examples=("I see",),
        keywords=("understand", "make sense"),
        patterns=(({"LEMMA": "see"}, {"IS_ALPHA": True, "OP": "{0,3}"}, {"LENGTH": 3}),),
        questions=("q_benefits",),
        hotkey="u",
        value=1.5,
        codes=(child,),
    )
    family = Family(
        key="benefit", label="Benefits", definition="good", exclusive=True, scale="ordinal", codes=(code,)
    )
    assert parse_codebook(text) == Codebook(title="T", language="de", families=(family,))


def test_a_value_that_yaml_would_turn_into_a_number_or_date_is_the_text_that_stands_there():
    text = CODES + "      - key: 007\n        label: 1_000\n        keywords: [2020-01-01, 1.50, 0x1F, y]\n"
    code = parse_codebook(text).entries["f.007"].code
    assert code == Code(key="007", label="1_000", keywords=("2020-01-01", "1.50", "0x1F", "y"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "line 1, column 1: the file is empty: a codebook begins with `harken: 1`"),
        ("# nothing\n", "line 1, column 1: the file is empty: a codebook begins with `harken: 1`"),
        ("title: T\n", "line 1, column 1: no format version: write `harken: 1` as the first line"),
        (
            "harken: 2\nshape: new\n",
            "line 1, column 9: format 2 is later than this Harken reads (1): update Harken",
        ),
        ("harken: one\n", "line 1, column 9: the format version 'one' must be 1"),
        (
            "- a\n",
            "line 1, column 1: a codebook is written as named values (harken, title, language, …), not a list",
        ),
        (
            "harken: 1\ntitle: a: b\n",
            "line 2, column 9: not readable as YAML: mapping values are not allowed here"
            " (put text that holds ': ' in quotes, and check the indentation)",
        ),
        (
            "harken: 1\nfamilies:\n\t- key: f\n",
            "line 3, column 1: not readable as YAML: found character '\\t' that cannot start any token"
            " (indent with spaces, not tabs)",
        ),
        (
            'harken: 1\ntitle: "open\n',
            "line 3, column 1: not readable as YAML: found unexpected end of stream while scanning a quoted"
            " scalar, begun on line 2",
        ),
        ("harken: 1\ntitle: \x07\n", "line 2, column 8: the character U+0007 is not allowed in YAML: remove it"),
        (
            "harken: 1\n---\nharken: 1\n",
            "line 2, column 1: a second document begins here: a codebook file holds one",
        ),
        ("harken: 1\ntitle: !!python/name:os x\n", "line 2, column 8: the tag 'tag:yaml.org,2002:python/name:os' is not read: remove it"),
        ("harken: 1\n? [a]\n: b\n", "line 2, column 3: a list or mapping cannot be the name of a value"),
        ("harken: 1\ntitle: [T]\n", "line 2, column 8: title must be text, not a list"),
        ('harken: 1\ntitle: "a\\nb"\n', "line 2, column 8: the title 'a\\nb' must be one line"),
        ("harken: 1\nlanguage: English\n", "line 2, column 11: the language 'English' must be a code such as en or de"),
        ("harken: 1\nlanguage: no\n", 'line 2, column 11: unquoted no is read as false by many YAML tools: write "no" in quotes'),
        ("harken: 1\nfamilies: f\n", "line 2, column 11: families must be a list (entries that begin with `- `, or [one, two]), not 'f'"),
        ("harken: 1\nfamilies: [f]\n", "line 2, column 12: a family is written as named values (key, label, definition, …), not 'f'"),
        ("harken: 1\nfamilies: [{label: F}]\n", "line 2, column 12: the family has no key: write `key:` and a short name"),
        (
            "harken: 1\nfamilies:\n  - key: f\n  - key: f\n",
            "line 4, column 10: duplicate family 'f' in the codebook, first on line 3: rename one of them",
        ),
        (
            "harken: 1\nfamilies:\n  - key: f\n    exclusive: yes\n",
            "line 4, column 16: exclusive must be true or false, unquoted, not 'yes'",
        ),
        (
            "harken: 1\nfamilies:\n  - key: f\n    exclusive: true\n    scale: ratio\n",
            "line 5, column 12: the scale 'ratio' must be one of nominal, ordinal, interval",
        ),
        (
            "harken: 1\nfamilies:\n  - key: f\n    scale: ordinal\n",
            "line 4, column 12: the scale ordinal needs exclusive: true, since only one code can be a value",
        ),
        (
            "harken: 1\nfamilies:\n  - key: f\n    exclusive: true\n    scale: ordinal\n    codes:\n"
            "      - key: a\n        value: 1\n      - key: b\n",
            "line 9, column 14: no value, but f.a has one: give each code of the family one, or none",
        ),
        (
            "harken: 1\nfamilies:\n  - key: f\n    keywords: [a]\n",
            "line 4, column 5: unknown key 'keywords' in a family. Known: key, label, definition, exclusive,"
            " scale, codes.",
        ),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_or_a_family_is_named_at_its_place(text, expected):
    assert faults(text) == [expected]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("- key: no", 'line 5, column 14: unquoted no is read as false by many YAML tools: write "no" in quotes'),
        ("- {key: a, label: Yes}", 'line 5, column 25: unquoted Yes is read as true by many YAML tools: write "Yes" in quotes'),
        ("- {key: a, keywords: [on]}", 'line 5, column 29: unquoted on is read as true by many YAML tools: write "on" in quotes'),
        ("- {key: a b}", "line 5, column 15: the key 'a b' may hold only letters, digits, _ and -, without spaces or dots"),
        ("- {key: a.b}", "line 5, column 15: the key 'a.b' may hold only letters, digits, _ and -, without spaces or dots"),
        ("- {label: a}", "line 5, column 9: the code has no key: write `key:` and a short name"),
        ('- {key: ""}', "line 5, column 15: the key is blank: write a short name"),
        ("- {key: [a]}", "line 5, column 15: key must be text, not a list"),
        ("- a", "line 5, column 9: a code is written as named values (key, label, definition, …), not 'a'"),
        ("- {key: a, lable: b}", "line 5, column 18: unknown key 'lable' in a code. Did you mean 'label'?"),
        ("- {key: a, label: b, label: c}", "line 5, column 28: duplicate key 'label' in one entry, first on line 5: keep one of them"),
        ("- {key: a}\n      - {key: a}", "line 6, column 15: duplicate code 'a' in f, first on line 5: rename one of them"),
        ('- {key: a, label: "b\\nc"}', "line 5, column 25: the label 'b\\nc' must be one line"),
        ("- {key: a, examples: b}", "line 5, column 28: examples must be a list (entries that begin with `- `, or [one, two]), not 'b'"),
        ("- {key: a, examples: [{b: c}]}", "line 5, column 29: each of examples must be text, not named values"),
        ("- {key: a, examples: [b, ~]}", "line 5, column 32: an entry of examples is blank: remove it"),
        ('- {key: a, keywords: ["b\\nc"]}', "line 5, column 29: 'b\\nc' in keywords must be one line"),
        ("- {key: a, questions: q}", "line 5, column 29: questions must be a list (entries that begin with `- `, or [one, two]), not 'q'"),
        ("- {key: a, hotkey: A}", "line 5, column 26: the hotkey 'A' must be one or two of the letters a to z, lower case"),
        ("- {key: a, hotkey: abc}", "line 5, column 26: the hotkey 'abc' must be one or two of the letters a to z, lower case"),
        ("- {key: a, hotkey: 1}", "line 5, column 26: the hotkey '1' must be one or two of the letters a to z, lower case"),
        ("- {key: a, value: high}", "line 5, column 25: value must be a number, such as 2 or 1.5, not 'high'"),
        ("- {key: a, value: .inf}", "line 5, column 25: value must be a number, such as 2 or 1.5, not '.inf'"),
        ("- {key: a, value: 1e999}", "line 5, column 25: the value inf is not a finite number"),
        ("- {key: a, codes: {b: c}}", "line 5, column 25: codes must be a list (entries that begin with `- `, or [one, two]), not named values"),
        ("- {key: a, definition: *x}", "line 5, column 30: the alias *x is not read: write the text out"),
        ("- {key: a, definition: &x b}", "line 5, column 30: the anchor &x is not read: write the text out where it is meant"),
    ],
)  # fmt: skip
def test_a_fault_of_a_code_is_named_at_its_place(codes, expected):
    assert faults(f"{CODES}      {codes}\n") == [expected]


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("[]", "the pattern is empty: it needs at least one token"),
        ("{LOWER: a}", "a pattern is a list of tokens, as in [[{LEMMA: see}, {LOWER: myself}]], not named values"),
        ("[{LEMA: a}]", "spaCy rejects the pattern: token 1, LEMA: no such attribute"),
        ("[{LOWER: a}, {LOWER: 1}]", "spaCy rejects the pattern: token 2, LOWER: must be text (a number in quotes) or a condition such as {IN: [one, two]}"),
        ("[{LOWER: {INN: [a]}}]", "spaCy rejects the pattern: token 1, LOWER: no such condition 'INN'"),
        ('[{LOWER: {REGEX: "("}}]', "spaCy rejects the pattern: not a regular expression (missing ), unterminated subpattern at position 0)"),
        ("[{LOWER: a, OP: {0,3}}]", 'spaCy rejects the pattern: token 1, OP: write "?", "!", "{2}" or "{0,3}", in quotes'),
        ('[{LOWER: a}, {OP: "*"}, {LOWER: b}]', "token 2: the gap '*' is unbounded: slow, and it matches across whole answers; bound it, as in OP: \"{0,3}\""),
        ('[{LOWER: a}, {IS_ALPHA: true, OP: "+"}]', "token 2: the gap '+' is unbounded: slow, and it matches across whole answers; bound it, as in OP: \"{0,3}\""),
        ('[{LOWER: a}, {LOWER: {NOT_IN: [b]}, OP: "{2,}"}]', "token 2: the gap '{2,}' is unbounded: slow, and it matches across whole answers; bound it, as in OP: \"{0,3}\""),
        ('[{LOWER: a}, {OP: "{0,51}"}]', "token 2: the gap '{0,51}' is wider than 50 tokens; narrow it"),
        ('[{LOWER: a, OP: "?"}, {OP: "{0,3}"}]', "no token of the pattern has to occur, so it would match any text"),
        ("[{POS: NOUN}]", "token 1: POS needs a trained model; use LEMMA, LOWER or TEXT"),
        ("[{_: {x: 1}}]", "token 1: attributes of other extensions (_) are not there when answers are read"),
    ],
)  # fmt: skip
def test_a_pattern_that_cannot_work_is_named_at_its_place(pattern, complaint):
    code = f"      - key: a\n        patterns:\n          - [{{LOWER: fine}}]\n          - {pattern}\n"
    assert faults(CODES + code) == [f"line 8, column 13: {complaint}"]


def test_a_truth_word_within_a_pattern_is_named_itself():
    code = "      - {key: a, patterns: [[{LOWER: {IN: [false, no]}}]]}\n"
    assert [(fault.line, fault.column) for fault in check_codebook(CODES + code)] == [(5, 44), (5, 51)]


@pytest.mark.parametrize(
    "token", ['{LOWER: a, OP: "+"}', '{LEMMA: {IN: [a, b]}, OP: "*"}', '{OP: "{0,50}"}', '{OP: "{,3}"}']
)
def test_a_gap_that_is_bounded_or_names_its_words_is_no_fault(token):
    assert faults(f"{CODES}      - {{key: a, patterns: [[{{LOWER: x}}, {token}, {{LOWER: y}}]]}}\n") == []


def test_a_codebook_that_holds_itself_is_a_cycle():
    text = f"{CODES}      - &a\n        key: a\n        codes: [*a]\n"
    assert faults(text) == [
        "line 5, column 9: the anchor &a is not read: write the text out where it is meant",
        "line 7, column 17: cycle: *a stands inside &a, so the codebook would hold itself",
    ]


def test_an_alias_bomb_is_named_and_not_expanded():
    letters = "abcdefghijklmnop"
    bomb = "".join(
        f"{letter}: &{letter} [{', '.join(['*' + before] * 9)}]\n" for before, letter in pairwise(letters)
    )
    started = time.monotonic()
    found = faults(f"harken: 1\na: &a [x]\n{bomb}")
    assert "line 3, column 8: the alias *a is not read: write the text out" in found
    assert time.monotonic() - started < 5


def test_endless_nesting_is_one_fault():
    assert faults("[" * 50_000) == ["line 1, column 202: nested more than 200 levels deep"]


def hotkeys(*codes: str) -> list[str]:
    return faults(CODES + "".join(f"      - {{{code}}}\n" for code in codes))


def test_two_codes_of_one_question_cannot_share_a_hotkey():
    assert hotkeys("key: a, hotkey: x, questions: [q, r]", "key: b, hotkey: x, questions: [r]") == [
        "line 6, column 26: the hotkey 'x' is taken by f.a, which applies to the same question"
    ]


def test_a_code_for_every_question_clashes_with_one_for_some():
    assert hotkeys("key: a, hotkey: x", "key: b, hotkey: x, questions: [r]") == [
        "line 6, column 26: the hotkey 'x' is taken by f.a, which applies to the same question"
    ]


def test_codes_of_different_questions_can_share_a_hotkey():
    assert hotkeys("key: a, hotkey: x, questions: [q]", "key: b, hotkey: x, questions: [r]") == []


def test_a_hotkey_cannot_begin_another():
    assert hotkeys("key: a, hotkey: un", "key: b, hotkey: u") == [
        "line 6, column 26: the hotkey 'u' clashes with 'un' of f.a, which applies to the same question"
    ]


def test_a_hotkey_in_capitals_is_no_second_hotkey():
    assert hotkeys("key: a, hotkey: x", "key: b, hotkey: X") == [
        "line 6, column 26: the hotkey 'X' is taken by f.a, which applies to the same question",
        "line 6, column 26: the hotkey 'X' must be one or two of the letters a to z, lower case",
    ]


def test_a_child_inherits_the_questions_in_which_its_hotkey_may_clash():
    assert (
        hotkeys("key: a, questions: [q], codes: [{key: b, hotkey: x}]", "key: c, hotkey: x, questions: [r]")
        == []
    )


def test_every_fault_is_named_in_reading_order():
    text = CODES + (
        "      - key: no\n        lable: x\n        keywords: [a, [b], '']\n        hotkey: ab\n"
        "      - {key: c, hotkey: a}\n      - {key: c, value: x}\n"
    )
    places = [(fault.line, fault.column) for fault in check_codebook(text)]
    assert places == [(5, 14), (6, 9), (7, 23), (7, 28), (9, 26), (10, 15), (10, 25)]


def test_reading_refuses_a_file_with_its_first_fault_and_the_way_to_the_others(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text(CODES + "      - {key: a b}\n      - {key: c d}\n      - {key: e f}\n")
    with pytest.raises(HarkenError) as refused:
        read_codebook(path)
    assert str(refused.value) == (
        f"{path}: line 5, column 15: the key 'a b' may hold only letters, digits, _ and -, without spaces or dots"
        f" (and 2 more; `harken codebook check {path}` lists them)"
    )


def test_a_long_value_is_cut_in_the_message():
    (fault,) = faults(f"{CODES}      - {{key: {'a b' * 100}}}\n")
    assert len(fault) < 200


def test_a_file_that_is_not_utf8_is_named_with_its_byte(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(b"\xef\xbb\xbfharken: 1\ntitle: caf\xe9\n")
    assert [str(fault) for fault in check_codebook(path)] == [
        "line 2, column 11: byte 23 (0xE9) is not UTF-8: save the file as UTF-8"
    ]


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(
        HarkenError,
        match=r"The codebook .*none\.yaml' cannot be read: No such file or directory\. Check the name",
    ):
        read_codebook(tmp_path / "none.yaml")


def test_a_codebook_without_patterns_is_read_without_loading_spacy():
    script = (
        "import sys; from harken.codebook import parse_codebook;"
        f"parse_codebook({CODES + '      - key: a'!r}); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_codebooks_as_data_need_no_yaml_library():
    script = "import sys, harken.codebook; sys.exit('ruamel.yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_escapes_that_make_an_emoji_of_two_halves_are_one_character():
    text = CODES + '      - {key: a, label: "\\ud83d\\ude00"}\n'
    assert parse_codebook(text).families[0].codes[0].label == "\U0001f600"


def test_half_a_character_is_named_at_its_place():
    text = CODES + '      - {key: a, label: "x\\ud83dy"}\n'
    assert faults(text) == [
        "line 5, column 25: an escape \\ud800 to \\udfff is half a character: write the character itself"
    ]
