"""The vocabulary: what a survey, a codebook and a coding are, free of files, SQL and screens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from harken.errors import HarkenError

MAIN_ROUND = "main"
CONSENSUS = "consensus"
"""The coder whose decisions are the adjudicated layer; never a person."""
MISSING_GROUP = "(missing)"
"""The group of participants whose group cell is blank."""
WITHDRAWN = "withdrawn"
"""The reason under which people who withdrew are excluded."""
EVERYONE = "all"
"""The one group of a table that compares none."""
NONE_STATED = "none_stated"
"""Key of the code in a family that says the participant stated there is none."""


class Approach(StrEnum):
    """The study's stance: it sets words and defaults and forbids nothing."""

    CONTENT = "content"
    STRUCTURED_TABULAR = "structured-tabular"
    CODEBOOK = "codebook"
    REFLEXIVE = "reflexive"


class Sampling(StrEnum):
    """How people were sampled, which decides what captions may claim."""

    PROBABILITY = "probability"
    CENSUS = "census"
    CONVENIENCE = "convenience"


class AnswerState(StrEnum):
    """Whether a response says anything: blank ones and listed texts are non-response."""

    ANSWERED = "answered"
    NON_RESPONSE = "non_response"


class DecisionState(StrEnum):
    """What a decision says of its response."""

    CODED = "coded"
    """Decided as a set of codes; the empty set says that no code applies."""
    UNCODABLE = "uncodable"


class RoundKind(StrEnum):
    """What a round is for."""

    MAIN = "main"
    RELIABILITY = "reliability"
    REPEAT = "repeat"
    RECODE = "recode"


class TextList(StrEnum):
    """The three lists of texts that a question keeps, see `TextRule`."""

    NON_RESPONSE = "non_response"
    NO_CONTENT = "no_content"
    NONE_STATED = "none_stated"


class VariableRole(StrEnum):
    """What a column other than an open question is to the survey."""

    GROUP = "group"
    ATTRIBUTE = "attribute"
    CLOSED = "closed"


class ResponseKey(NamedTuple):
    """What names a response in files; `occasion` is empty where a person answers a question once."""

    participant: str
    question: str
    occasion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One participant's free text to one question on one occasion, as it was given."""

    id: int
    key: ResponseKey
    text: str
    state: AnswerState

    @property
    def is_answered(self) -> bool:
        return self.state is AnswerState.ANSWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A column of the survey other than the open questions."""

    name: str
    role: VariableRole
    per_response: bool = False
    """Whether its values differ within a participant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRule:
    """A text that a list names, for one question or (`question` empty) for every one."""

    list: TextList
    text: str
    question: str = ""


def normal_text(text: str) -> str:
    """The form in which an answer is compared with a text list: trimmed, case folded, spaces joined."""
    return " ".join(text.split()).casefold()


class Coding(NamedTuple):
    """One code on a response: the whole of it, or the half-open range `start, end` of code points."""

    code: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A coder's finished set of codings for one response in one round."""

    key: ResponseKey
    coder: str
    round: str = MAIN_ROUND
    state: DecisionState = DecisionState.CODED
    codings: tuple[Coding, ...] = ()
    is_unsure: bool = False
    memo: str = ""
    message: str = ""
    """What the coder asked the lead when unsure."""
    at: str = ""
    """UTC, ISO 8601 to the microsecond; empty until it is stored."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes applied, each once, in the order of the codings."""
        return tuple(dict.fromkeys(coding.code for coding in self.codings))


class MarkKind(StrEnum):
    """What a coder marks in an answer beside codes."""

    QUOTE = "quote"
    """Worth printing."""
    IDENTIFYING = "identifying"
    """Tells who somebody is: every output prints brackets there."""


class IdentifyingDetail(StrEnum):
    """What an identifying place is, as the brackets in its stead say."""

    NAME = "name"
    PLACE = "place"
    DATE = "date"
    ORGANISATION = "organisation"
    DETAIL = "detail"
    """Anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in a response, `start, end` in code points, half-open, that one coder marked."""

    kind: MarkKind
    start: int
    end: int
    coder: str
    label: str = ""
    """Of an identifying mark: which `IdentifyingDetail`."""
    at: str = ""


CODING_COLUMNS = (
    *("participant", "question", "occasion", "round", "coder", "code", "start", "end"),
    *("state", "unsure", "memo", "at"),
)
"""The columns of a codings file, in their order."""


class CodingRow(NamedTuple):
    """One line of a codings file; a decision is all lines with the same response, round and coder."""

    participant: str
    question: str
    occasion: str
    round: str
    coder: str
    code: str
    """Empty where the coder decided that no code applies, or that the response is uncodable."""
    start: int | None = None
    end: int | None = None
    state: DecisionState = DecisionState.CODED
    unsure: bool = False
    memo: str = ""
    at: str = ""
    row: int | None = None
    """Where it stands in the file it was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A pass over responses with one purpose."""

    name: str
    kind: RoundKind = RoundKind.MAIN
    is_blind: bool = False
    hides_group: bool = False
    primary_coder: str = ""
    coders: tuple[str, ...] = ()


# -- codebook ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry of the codebook. `codes` are its children; `questions` empty means: as its parent."""

    key: str
    label: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    patterns: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    questions: tuple[str, ...] = ()
    hotkey: str = ""
    value: float | None = None
    is_retired: bool = False
    """Kept with its codings, but offered for no new decision."""
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A top-level group of codes. `scale` is nominal, ordinal or interval and counts if exclusive."""

    key: str
    label: str
    definition: str = ""
    exclusive: bool = False
    scale: str = "nominal"
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookEntry:
    """A code at its place: its full path `family.parent.key` and what it inherits."""

    path: str
    code: Code
    family: Family
    depth: int
    """0 for a code directly below its family."""
    parent: str | None
    """Path of the parent code; None directly below the family."""
    questions: frozenset[str]
    """Questions where it may be applied, inherited; empty means every one."""

    def applies_to(self, question: str) -> bool:
        return not self.questions or question in self.questions


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """The set of all codes, in the order of its file."""

    title: str = ""
    language: str = "en"
    families: tuple[Family, ...] = ()

    @cached_property
    def entries(self) -> Mapping[str, CodebookEntry]:
        """Every code by its full path; parents stand before their children."""
        return {entry.path: entry for family in self.families for entry in _walk(family)}

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self.entries)

    def family(self, key: str) -> Family:
        for family in self.families:
            if family.key == key:
                return family
        known = ", ".join(family.key for family in self.families) or "none"
        raise HarkenError(f"No family {key!r} in the codebook. Families: {known}.")

    def descendants(self, path: str) -> tuple[str, ...]:
        """Paths of all codes below the code at `path`, without itself."""
        prefix = path + "."
        return tuple(other for other in self.entries if other.startswith(prefix))

    def with_descendants(self, path: str) -> tuple[str, ...]:
        """The code at `path` and all codes below it."""
        return (path, *self.descendants(path))

    def with_parents(self, path: str) -> tuple[str, ...]:
        """The code at `path` and all codes above it; none for a path that leads to no code."""
        found = []
        entry = self.entries.get(path)
        while entry is not None:
            found.append(entry.path)
            entry = self.entries[entry.parent] if entry.parent else None
        return tuple(found)

    def resolve(self, address: str) -> str:
        """The full path of the code that `address` means: itself a path, or any unique dotted suffix."""
        matches = self.matching(address)
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise HarkenError(f"Code {address!r} is ambiguous: {', '.join(matches)}. Write the full path.")
        raise HarkenError(f"No code {address!r} in the codebook.{self._hint(address)}")

    def matching(self, address: str) -> tuple[str, ...]:
        """Paths that `address` may mean: itself where it is one, else all that end with it."""
        if address in self.entries:
            return (address,)
        return tuple(path for path in self.entries if path.endswith("." + address))

    def _hint(self, address: str) -> str:
        folded = address.casefold()
        by_path = {path.casefold(): path for path in self.entries}
        by_key = {entry.code.key.casefold(): path for path, entry in self.entries.items()}
        near = [by_path[path] for path in get_close_matches(folded, by_path, n=3, cutoff=0.5)] or [
            by_key[key] for key in get_close_matches(folded.rpartition(".")[2], by_key, n=3, cutoff=0.6)
        ]
        return f" Did you mean {', '.join(near)}?" if near else " `harken codebook show` lists them all."


def _walk(family: Family) -> Iterator[CodebookEntry]:
    def below(
        codes: tuple[Code, ...], prefix: str, depth: int, parent: str | None, questions: frozenset[str]
    ) -> Iterator[CodebookEntry]:
        for code in codes:
            path = f"{prefix}.{code.key}"
            own = frozenset(code.questions) or questions
            yield CodebookEntry(
                path=path, code=code, family=family, depth=depth, parent=parent, questions=own
            )
            yield from below(code.codes, path, depth + 1, path, own)

    return below(family.codes, family.key, 0, None, frozenset())


# -- suggestions -------------------------------------------------------------------------------------


class ReasonKind(StrEnum):
    """What speaks for a suggested code."""

    KEYWORD = "keyword"
    PATTERN = "pattern"
    SIMILAR = "similar"
    """Like another answer that has the code."""
    EXAMPLE = "example"
    """Like an example in the codebook."""
    LEARNED = "learned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a code is suggested; `start, end` is the place in the response (code points, half-open)."""

    kind: ReasonKind
    text: str
    start: int | None = None
    end: int | None = None
    response: ResponseKey | None = None
    example: str = ""
    """The codebook's example that this place is like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A machine's proposal; never a coding until a coder's key makes it one."""

    code: str
    score: float
    confidence: float | None = None
    """Calibrated probability, None where there is too little to calibrate on."""
    reasons: tuple[Reason, ...] = ()
