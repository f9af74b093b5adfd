"""What a typed line of the plain mode means, before anything is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from harken.errors import HarkenError, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainCommand:
    """A command word; it is typed behind a slash, so that no code is ever taken for it."""

    word: str
    letter: str = ""
    argument: str = ""
    """What stands behind the word, as the help writes it."""
    about: str


PLAIN_COMMANDS = (
    PlainCommand(word="codes", letter="c", about="lists the codes of this question with their keys"),
    PlainCommand(word="find", letter="f", argument="TEXT", about="finds codes by a part of their name"),
    PlainCommand(
        word="about", letter="a", argument="CODE", about="says how a code is defined, with its examples"
    ),
    PlainCommand(
        word="new",
        letter="n",
        argument="[FAMILY:] NAME",
        about="makes a code of this name and applies it",
    ),
    PlainCommand(word="same", letter="s", about="applies the codes of the last decision here too"),
    PlainCommand(
        word="memo",
        letter="m",
        argument="TEXT",
        about="adds a line to the memo on this answer; /memo alone reads it, /memo - takes it away",
    ),
    PlainCommand(
        word="unsure",
        letter="u",
        argument="[TEXT]",
        about="marks the answer unsure, with a question to the lead; /unsure - takes the mark away",
    ),
    PlainCommand(word="alert", argument="[TEXT]", about="alerts the lead: somebody seems to be in distress"),
    PlainCommand(
        word="part",
        argument="CODE WORDS",
        about="applies a code to words of the answer; once more takes it off them",
    ),
    PlainCommand(
        word="quote", argument="[WORDS]", about="marks words, or the whole answer, as a quote, or no longer"
    ),
    PlainCommand(
        word="hide",
        argument="[KIND:] WORDS",
        about="prints brackets for words that tell who somebody is; KIND: name, place, date, organisation",
    ),
    PlainCommand(word="uncodable", letter="x", about="decides that the answer cannot be coded"),
    PlainCommand(word="person", letter="p", about="reads this person's other answers and closed items"),
    PlainCommand(
        word="go",
        letter="g",
        argument="[PERSON [QUESTION]]",
        about="goes to an answer; /go #12 to the twelfth; /go alone lists drafts and what waits next",
    ),
    PlainCommand(word="next", about="goes to the next answer without deciding"),
    PlainCommand(word="previous", about="goes to the answer before without deciding"),
    PlainCommand(word="back", letter="b", about="reopens the last decision; again, the one before it"),
    PlainCommand(word="undo", letter="z", about="undoes the last decision"),
    PlainCommand(word="redo", letter="y", about="takes the last undo back"),
    PlainCommand(word="suggest", about="shows or hides suggestions from the next answer on"),
    PlainCommand(word="where", letter="w", about="says who codes, in which round, and how much is left"),
    PlainCommand(word="help", letter="h", about="lists all this"),
    PlainCommand(word="quit", letter="q", about="leaves; everything is on disk"),
)
"""Every command, in the order of the help."""
LINE_FORMS = (
    ("codes", "keys, addresses or numbers of suggestions, with spaces between: apply these codes"),
    ("-codes", "with - before it, a code is taken off"),
    (". or done", "decide with the codes applied; the dot may stand behind codes, as in “u t .”"),
    ("0 or none", "decide that no code applies"),
    ("empty line", "reads the answer again, and decides nothing"),
)
"""What is typed without a slash, and what it does."""
DECIDING_WORDS = {".": "decide", "done": "decide", "0": "none", "none": "none", "uncodable": "uncodable"}
"""What is typed alone on a line to decide, and which command it is."""
COMMAND_WORDS = frozenset(command.word for command in PLAIN_COMMANDS)
_BY_NAME = {
    name: command.word for command in PLAIN_COMMANDS for name in (command.word, command.letter) if name
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLine:
    """`word` is a command's; else `repeat`, `decide`, `none`, or `apply` with `codes`.

    `argument` is what stands behind a command, and the very word of a line that decides.
    """

    word: str
    argument: str = ""
    codes: tuple[str, ...] = ()
    decides: bool = False
    """Whether the answer is decided after `apply`."""


def text_of(typed: bytes) -> str:
    """A line as it comes from standard input; raises `HarkenError` where it is no UTF-8."""
    try:
        return typed.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HarkenError("This line is no UTF-8 text.") from error


def read_line(typed: str) -> PlainLine:
    """Raises `HarkenError` for a command that does not exist."""
    text = " ".join(typed.split())
    if not text:
        return PlainLine(word="repeat")
    if text == "?":
        return PlainLine(word="help")
    if text.startswith("/"):
        return _command(text[1:])
    if text.casefold() in DECIDING_WORDS:
        return PlainLine(word=DECIDING_WORDS[text.casefold()], argument=text.casefold())
    *before, last = codes = text.split()
    if last == ".":
        return PlainLine(word="apply", codes=tuple(before), decides=True)
    return PlainLine(word="apply", codes=tuple(codes))


def _command(text: str) -> PlainLine:
    name, _, argument = text.partition(" ")
    word = _BY_NAME.get(name.casefold())
    if word is not None:
        return PlainLine(word=word, argument=argument)
    near = get_close_matches(name.casefold(), _BY_NAME, n=1, cutoff=0.6)
    hint = f" Did you mean /{near[0]}?" if near else " /help lists the commands."
    raise HarkenError(f"There is no command {quoted('/' + name)}.{hint}")
