"""How a clean text comes out of a person's keyboard: slips, misspellings, case, apostrophes, spaces."""

from __future__ import annotations

import re

from synthesis.chance import Chance
from synthesis.people import Habits

_WORD = re.compile(r"[A-Za-z']+")
_SENTENCE_START = re.compile(r"(?:(?<=[.!?] )(?<!esp\. )(?<!etc\. )|(?<=\n)|^)([a-z])")
_CAPITAL_START = re.compile(r"(?:(?<=[.!?,] )|(?<=\n)|^)[A-Z](?=[a-z])")
_EMOJI = ("🙂", "👍", "😅", "😬", "🤷", "❤️")
_NEIGHBOURS = {
    "a": "qs", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad",
    "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_MISSPELT = {
    "adherence": ("adherance",), "and": ("adn", "an"), "anxiety": ("anxity", "anxeity", "anixety"),
    "appointment": ("apointment", "appointmnet"), "because": ("becuase", "becasue", "cos"),
    "believe": ("beleive",), "can't": ("cant",), "communication": ("comunication", "communcation"),
    "compliance": ("complience", "complaince"), "conclusions": ("conclusons", "conclusion's"),
    "condition": ("conditon", "condtion"), "confused": ("confussed",), "confusing": ("confuseing",),
    "confusion": ("confussion",), "consultant": ("consultent",), "definitely": ("definately",),
    "diagnosis": ("diagnoses", "diagnosos", "diagosis"), "didn't": ("didnt", "did'nt"),
    "doctor": ("docter", "dr"), "doctors": ("docters", "drs", "doctor's"), "don't": ("dont", "do'nt"),
    "exercises": ("excercises", "exersises"), "explain": ("explane", "explian"),
    "explanation": ("explaination", "explanantion", "explantion"), "frightened": ("frightend",),
    "happening": ("hapening",), "information": ("infomation",), "interpret": ("interprate", "interpet"),
    "knowledge": ("knowlege", "knowladge"), "medical": ("medicle", "medcal"), "might": ("mite", "migth"),
    "misinterpret": ("missinterpret", "misinterpet"),
    "misinterpretation": ("misinterpetation", "missinterpretation", "misintrepretation"),
    "patient": ("patinet", "paitent"), "patients": ("patinets", "paitents", "patient's"),
    "people": ("poeple", "peple"), "picture": ("pitcure", "pic"), "pictures": ("pics", "picturs"),
    "questions": ("qestions", "questons"), "really": ("realy",), "reassurance": ("reasurance", "reassurence"),
    "reassuring": ("reasuring",), "scared": ("scarred",), "should": ("shoud", "shuold"),
    "someone": ("some one", "somone"), "something": ("somthing", "some thing"), "the": ("teh", "th"),
    "their": ("there", "thier"), "to": ("too", "ot"), "too": ("to",), "treatment": ("treatmant", "treament"),
    "understand": ("undestand", "understnad"),
    "understanding": ("understaning", "undestanding", "understandng"),
    "unnecessary": ("unnecesary", "unneccessary"), "want": ("wnat",), "what": ("waht", "wot"),
    "worried": ("worryed", "woried"), "worry": ("wory",), "would": ("woud", "wuold"),
    "wrong": ("worng", "wrogn"),
    "you're": ("your", "youre"), "your": ("you're", "you"),
}  # fmt: skip


def type_out(text: str, *, habits: Habits, chance: Chance) -> str:
    """`text` as someone with these habits types it; `text` has no capitals at sentence starts."""
    if habits.abbreviates:
        text = re.sub(r"\b([Pp])atient(s?)\b(?!-)", r"\1t\2", text).replace(" with ", " w/ ")
    text = _WORD.sub(lambda word: _typed_word(word[0], rate=habits.typo_rate, chance=chance), text)
    if habits.case == "lower":
        text = _CAPITAL_START.sub(lambda start: start[0].lower(), text)
        if chance.happens(0.6):
            text = re.sub(r"\bI\b", "i", text)
    elif habits.case == "caps":
        text = text.upper()
    elif not chance.happens(0.12):
        text = _SENTENCE_START.sub(lambda start: start[1].upper(), text)
    if habits.drops_apostrophes:
        text = re.sub(r"(?<=[A-Za-z])'(?=[A-Za-z])", "", text)
    if habits.curly_quotes:
        text = re.sub(r"(?<=\w)'", "’", text)
    if text[-1:].isalnum() and habits.ends_with_stop and (" " in text or chance.happens(0.3)):
        text += "."
    if habits.sloppy_spaces:
        text = chance.pick(
            (text.replace(". ", ".  "), text.replace(", ", ","), text.replace(", ", " ,"), text + " ")
        )
    if habits.emoji and chance.happens(0.4):
        text = f"{text} {chance.pick(_EMOJI)}"
    return text


def _typed_word(word: str, *, rate: float, chance: Chance) -> str:
    known = _MISSPELT.get(word.lower(), ())
    if not chance.happens(rate * (2.5 if known and len(word) > 4 else 1)):
        return word
    if known:
        wrong = chance.pick(known)
        return wrong.capitalize() if word[0].isupper() else wrong
    if len(word) < 5 or "'" in word or word.isupper():
        return word
    at = 1 + chance.below(len(word) - 2)
    match chance.below(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 2:
            return word[:at] + chance.pick(_NEIGHBOURS.get(word[at].lower(), word[at])) + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]
