"""Replying to a coder's question, and making the reply a rule that the codebook says to everybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from harken.errors import HarkenError
from harken.model import Code
from harken.services.asking.questions import is_lead, reply_to
from harken.services.asking.result import AskedQuestion, Reply
from harken.storage import codebooks, study, talk
from harken.storage.codebooks import StoredCodebook
from harken.storage.store import Action, Store


class Place(StrEnum):
    """Which wording of a code a rule is written into."""

    DEFINITION = "definition"
    INCLUDE = "include"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a reply adds to a code's wording."""

    code: str
    """The code's path, or a unique end of it."""
    text: str
    into: Place = Place.INCLUDE
    may_be_retired: bool = False
    """Whether it is written even where the code is retired: nobody applies it any more."""

    @property
    def why(self) -> str:
        """What the codebook's history says of it; whose question it was is not everybody's to know."""
        return f"a rule ({self.into}), in reply to a coder's question"


def reply(
    store: Store, asked: AskedQuestion, *, actor: str, words: str = "", rule: Rule | None = None
) -> Reply:
    """Reply to a question as it was read; a rule goes into its code's wording in the same transaction.

    Without words of its own, a reply says what its rule says. If the coder has asked something else
    meanwhile, that stays open. Raises where `actor` may not reply, for a code that is not there, and for one
    that is retired unless the rule says that it may be.
    """
    said = words.strip() or (rule.text.strip() if rule else "")
    if not said:
        raise HarkenError("A reply needs words. Write them, or leave the question open.")
    if not asked.words:
        raise HarkenError(f"{asked.coder} asks nothing about this answer any more.")
    _refuse_stranger(store, asked, actor)
    with store.action(actor) as action:
        stored = codebooks.stored_codebook(store)
        made = _write_rule(action, stored, rule) if rule is not None else {}
        talk.put_reply(
            action,
            asked.response.key,
            round=asked.round,
            coder=asked.coder,
            asked=asked.words,
            reply=said,
            **made,
        )
    given = reply_to(store, asked.response.id, round=asked.round, coder=asked.coder)
    if given is None:
        raise HarkenError(f"The reply to {asked.coder} is not in the project; its participant withdrew.")
    return given


def _write_rule(action: Action, stored: StoredCodebook, rule: Rule) -> dict[str, str]:
    """Write a rule into the codebook; what the reply then says of it."""
    path = stored.codebook.resolve(rule.code)
    code = stored.codebook.entries[path].code
    if code.is_retired and not rule.may_be_retired:
        raise HarkenError(
            f"{path} is retired: no coder is offered it, so nobody would apply a rule in it. Name another "
            f"code, or offer it again first with `harken codebook restore {path}`. Nothing is sent."
        )
    note = codebooks.Note(why=rule.why)
    event = codebooks.change_code(action, stored, path=path, code=with_rule(code, rule), note=note)
    return {"rule_code_id": stored.ids[path], "rule_into": rule.into.value, "rule_event": event.id}


def with_rule(code: Code, rule: Rule) -> Code:
    """The code with the rule at the end of one of its wordings."""
    text = " ".join(rule.text.split())
    if not text:
        raise HarkenError("A rule needs words, to be read in the code's wording.")
    match rule.into:
        case Place.DEFINITION:
            return replace(code, definition=_joined(code.definition, text, mark="."))
        case Place.INCLUDE:
            return replace(code, include=_joined(code.include, text, mark=";"))
        case Place.EXCLUDE:
            return replace(code, exclude=_joined(code.exclude, text, mark=";"))


def _joined(before: str, text: str, *, mark: str) -> str:
    kept = before.rstrip()
    if not kept:
        return text
    return f"{kept}{'' if kept[-1] in '.;!?' else mark} {text}"


def _refuse_stranger(store: Store, asked: AskedQuestion, actor: str) -> None:
    """The lead replies to everybody; in a round that is not blind a colleague may, too."""
    if is_lead(store, actor):
        return
    lead = study.settings(store).get("lead", "")
    if study.round_named(store, asked.round).is_blind:
        raise HarkenError(f"In the blind round {asked.round!r} only the lead replies: --as {lead}.")
    if asked.coder == actor:
        raise HarkenError(f"This is your own question. The lead replies to it: --as {lead}.")
