"""Any codebook that is free of faults."""

from __future__ import annotations

from hypothesis import strategies as st

from harken.model import Code, Codebook, Family

ANY_CHARACTER = st.characters(exclude_categories=("Cs",))
AWKWARD = st.sampled_from(
    [
        *(
            "no",
            "Yes",
            "null",
            "~",
            "y",
            "1",
            "1.0",
            "1e3",
            "a: b",
            "- x",
            "# x",
            "[x]",
            '["x"]',
            "{a}",
            "*a",
            "&a",
        ),
        *(
            "'",
            '"',
            "a\nb",
            "a\n\n  b\nc",
            " lead",
            "trail ",
            "\ttab",
            "\r",
            "a\r\nb",
            "\u2028",
            "\x85",
            "\ufeff",
        ),
        *("\x1b[31m", "=1+1", "@", "a,b", "\\n", "Ärger, sofort!", "x" * 150, "many words, " * 15 + "indeed"),
    ]
)
PROSE = st.one_of(AWKWARD, st.text(ANY_CHARACTER, max_size=30))
KEYS = st.one_of(
    st.from_regex(r"[\w-]{1,8}", fullmatch=True), st.sampled_from(["no", "1", "-", "y", "null", "true"])
)
LABELS = PROSE.map(lambda text: " ".join(text.split())).filter(
    lambda text: text and len(text.splitlines()) == 1
)
LINES = st.one_of(LABELS, st.sampled_from(["no", "two words", "a, b", "[x", '["x"]']))
EXAMPLES = PROSE.filter(lambda text: text.strip() != "")
PATTERNS = st.sampled_from(
    [
        ({"LEMMA": "see"}, {"LOWER": "myself"}),
        ({"LOWER": {"IN": ["no", "1", "it's, so"]}}, {"OP": "{0,3}"}, {"LENGTH": {">=": 3}}),
        ({"LOWER": "very", "OP": "+"}, {"IS_ALPHA": True}),
        ({"TEXT": {"REGEX": r"^\d+[a-z]{1,2}$"}}, {"LIKE_NUM": False}),
    ]
)
VALUES = st.floats(allow_nan=False, allow_infinity=False)


def unique_codes(children: st.SearchStrategy[tuple[Code, ...]]) -> st.SearchStrategy[tuple[Code, ...]]:
    code = st.builds(
        Code,
        key=KEYS,
        label=LABELS,
        definition=PROSE,
        include=PROSE,
        exclude=PROSE,
        examples=st.lists(EXAMPLES, max_size=3).map(tuple),
        keywords=st.lists(LINES, max_size=3).map(tuple),
        patterns=st.lists(PATTERNS, max_size=2).map(tuple),
        questions=st.lists(LINES, max_size=2).map(tuple),
        value=VALUES,
        is_retired=st.booleans(),
        codes=children,
    )
    return st.lists(code, max_size=3, unique_by=lambda code: code.key).map(tuple)


CODES = st.recursive(st.just(()), unique_codes, max_leaves=4)
FAMILIES = st.one_of(
    st.builds(Family, key=KEYS, label=LABELS, definition=PROSE, codes=CODES),
    st.builds(
        Family,
        key=KEYS,
        label=LABELS,
        exclusive=st.just(True),
        scale=st.sampled_from(["nominal", "ordinal", "interval"]),
        codes=CODES,
    ),
)
CODEBOOKS = st.builds(
    Codebook,
    title=st.one_of(st.just(""), LABELS),
    language=st.sampled_from(["en", "de", "no"]),
    families=st.lists(FAMILIES, max_size=3, unique_by=lambda family: family.key).map(tuple),
)
