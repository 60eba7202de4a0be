"""What to do about YAML that cannot be read, in words for somebody who does not program."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["hint_for"]

_QUOTE_IT: Final = "put the text in double quotes"
_BEFORE_VALUE: Final = re.compile(r"(?:- +)*(?:[\w-]+: +)?")
_KEY_AND_VALUE: Final = re.compile(r"\s*(?:- +)*[\w-]+: +\S")
_GLUED_KEY: Final = re.compile(r"\s*(?:- +)*[\w-]+:\S")
_GLUED_DASH: Final = re.compile(r"\s*-\w")
_LOOKS_BACK: Final = 200
"""Lines before an error in which an open quote is looked for."""


def hint_for(problem: str, lines: list[str], line: int, column: int) -> str:
    """A hint for the parser's words `problem` about `lines[line]`; `line` and `column` count from 0."""
    text = lines[line] if line < len(lines) else ""
    if "tab character" in problem or text[column : column + 1] == "\t" or "\t" in text[: _indentation(text)]:
        return "use spaces, not the tab key"
    if "end of stream" in problem:
        return "close the quotes that open here"
    if "mapping values" in problem:
        return _hint_for_colon(lines, line, column)
    if "expected key" in problem or "<block end>" in problem:
        return _hint_for_quotes(lines, line)
    if "expected ':'" in problem:
        return (
            "put a space after the colon" if _GLUED_KEY.match(text) else "write `key: value`, with a colon and a space"
        )
    if "'}'" in problem or "']'" in problem:
        return "close each bracket, and put a text with a comma, a colon, a bracket or quotes in double quotes"
    if "escape" in problem:
        return "a backslash has a meaning within double quotes: write it twice"
    if _KEY_AND_VALUE.match(text):
        return f"a text cannot begin with this sign unless it is quoted: {_QUOTE_IT}"
    return "check the indentation, colons and quotes near this place"


def _indentation(text: str) -> int:
    return len(text) - len(text.lstrip())


def _hint_for_colon(lines: list[str], line: int, column: int) -> str:
    if line > 0 and _GLUED_DASH.match(lines[line - 1]):
        return "put a space after the dash"
    if _KEY_AND_VALUE.match(lines[line][:column]):
        return f"there is a colon within the text: {_QUOTE_IT}"
    return f"begin the line as far in as its neighbours; where it goes on with a text from above, {_QUOTE_IT}"


def _hint_for_quotes(lines: list[str], line: int) -> str:
    value = _value(lines, line)
    if value[:1] in {"[", "{"}:
        return f"a text cannot begin with a bracket unless it is quoted: {_QUOTE_IT}"
    if not _is_well_quoted(value):
        if value.startswith("'"):
            return f"an apostrophe ends a text in single quotes: {_QUOTE_IT}"
        if value.startswith('"'):
            return "the quotes end before the text does: put all of it in double quotes, and write ' for those within"
    for earlier in range(line - 1, max(-1, line - _LOOKS_BACK), -1):
        above = _value(lines, earlier)
        if above[:1] in {"'", '"'} and not _is_well_quoted(above):
            return f"close the quotes that open in line {earlier + 1}"
    return "begin the line as far in as its neighbours, with spaces"


def _value(lines: list[str], line: int) -> str:
    text = lines[line].strip() if line < len(lines) else ""
    before = _BEFORE_VALUE.match(text)
    return text[before.end() :] if before else text


def _is_well_quoted(value: str) -> bool:
    """Whether a value needs no look at its quotes: it has none at its begin, or ends with the one it begins with."""
    quote = value[:1]
    if quote not in {"'", '"'}:
        return True
    inner = value[1:-1].replace("''", "") if quote == "'" else re.sub(r"\\.", "", value[1:-1])
    return len(value) > 1 and value.endswith(quote) and quote not in inner
