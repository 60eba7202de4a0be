"""Rows as tables, JSON and CSV, and evidence as citations that one can paste."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph.exports.rows import cell, csv_lines

__all__ = [
    "Sources",
    "citation",
    "print_csv",
    "print_json",
    "print_json_stream",
    "print_plan",
    "print_rows",
    "print_wrapped",
]

_GAP: Final = 2
"""Between two columns."""
_WIDEST_WORD: Final = 16
"""A column is at least as wide as its longest word up to this, so that ids fold and words do not."""
_WHOLE: Final = re.compile(r"https?://|\d{4}-\d\d-\d\dT|[A-Za-z]+_[A-Za-z_]{1,16}$")
"""Words that are never folded: addresses, which could not be followed then, moments, and words of the schema."""


def print_json(value: Any) -> None:
    """JSON on standard output, readable and in the order it was made."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_json_stream(head: Mapping[str, Any], name: str, rows: Iterable[Any]) -> None:
    """JSON as `print_json` writes it: `head` and a last list `name`, whose items are written as they come."""
    text = json.dumps({**head, name: []}, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write(text.removesuffix("]\n}"))
    separator = "\n"
    for row in rows:
        item = json.dumps(row, ensure_ascii=False, indent=2, default=str)
        sys.stdout.write(separator + textwrap.indent(item, "    "))
        separator = ",\n"
    sys.stdout.write("]\n}\n" if separator == "\n" else "\n  ]\n}\n")


def print_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """CSV on standard output."""
    sys.stdout.writelines(csv_lines(rows, columns))


def print_plan(plan: Mapping[str, Any]) -> None:
    """A plan on standard output: an operator a line, those that it draws from below it."""
    rest = [(0, plan)]
    while rest:
        depth, operator = rest.pop()
        told = [f"{name} {value}" for name, value in operator.items() if name not in {"operator", "children"}]
        sys.stdout.write(f"{'  ' * depth}{operator['operator']}  {'; '.join(told)}".rstrip() + "\n")
        rest.extend((depth + 1, child) for child in reversed(operator["children"]))


def print_rows(
    console: Console, rows: Sequence[Mapping[str, Any]], columns: Sequence[tuple[str, str]], *, null: str = ""
) -> None:
    """A table that fits the terminal; `columns` are (key, title), and empty columns are left out.

    What stands in the first columns again is not repeated. Where the columns would be too narrow to read, each row is
    written out under its first value. With `null`, that word stands where there is no value, and every row is whole.
    """
    if not rows:
        return
    filled = [{key: null if row.get(key) is None else cell(row[key]) for key, _ in columns} for row in rows]
    shown = [(key, title) for key, title in columns if any(row[key] for row in filled)]
    texts = [[row[key] for key, _ in shown] for row in filled]
    columns_of_texts = [
        (_broken(title), *column) for (_, title), column in zip(shown, zip(*texts, strict=True), strict=True)
    ]
    narrowest = [max(map(_narrowest, column)) for column in columns_of_texts]
    spare = console.width - sum(narrowest) - _GAP * (len(narrowest) - 1)
    if spare < 0:
        _print_records(console, [title for _, title in shown], texts)
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    widest = [max(least, *map(_widest, column)) for least, column in zip(narrowest, columns_of_texts, strict=True)]
    for (_, title), width in zip(shown, _share_out(spare, narrowest, widest), strict=True):
        # All widths are given: rich crops what does not fit where it has to shrink columns below their least.
        table.add_column(_broken(title), overflow="fold", width=width)
    for row, before in zip(texts, [None, *texts[:-1]], strict=True):
        table.add_row(*(Text(text) for text in (row if null else _without_repetition(row, before))))
    console.print(table)


def _share_out(spare: int, narrowest: list[int], widest: list[int]) -> list[int]:
    """Widths of columns: what each wants beyond its least, or its share of what is to spare."""
    wanted = [most - least for least, most in zip(narrowest, widest, strict=True)]
    if sum(wanted) <= spare:
        return widest
    # Whoever wants no more than an even share gets all of it, so that short columns are not folded for long ones.
    given = [0] * len(wanted)
    left = spare
    by_want = sorted(range(len(wanted)), key=wanted.__getitem__)
    for done, number in enumerate(by_want):
        given[number] = min(wanted[number], left // (len(wanted) - done))
        left -= given[number]
    return [least + more for least, more in zip(narrowest, given, strict=True)]


def _widest(text: str) -> int:
    return max((cell_len(line) for line in text.splitlines()), default=0)


def _broken(title: str) -> str:
    """A long name of a column in lines that end after a space or an underscore."""
    lines = textwrap.wrap(title.replace("_", "_ "), _WIDEST_WORD, break_long_words=False, break_on_hyphens=False)
    return "\n".join(line.replace("_ ", "_") for line in lines)


def _narrowest(text: str) -> int:
    return max(
        (len(word) if _WHOLE.match(word) else min(len(word), _WIDEST_WORD) for word in text.split()),
        default=0,
    )


def _without_repetition(row: list[str], before: list[str] | None) -> list[str]:
    """The row without those of its first values that stand in the row before, too; the last value always stays."""
    if before is None:
        return row
    same = 0
    while same < len(row) - 1 and row[same] == before[same]:
        same += 1
    return [""] * same + row[same:]


def _print_records(console: Console, titles: list[str], rows: list[list[str]]) -> None:
    before: list[str] | None = None
    for row in rows:
        if before is None or row[0] != before[0]:
            console.print(Text(row[0] or "(no date)", style="bold"))
        for title, text in zip(titles[1:], row[1:], strict=True):
            if text:
                print_wrapped(console, f"   {title}: " if title else "   ", text, indent=3)
        console.print()
        before = row


def print_wrapped(console: Console, lead: str, text: str, *, indent: int) -> None:
    """`text` after a dim `lead`, every word of it: wrapped on a terminal, and one line elsewhere.

    Addresses and other long words are left whole, so that they can be copied.
    """
    lines = [f"{lead}{text}"]
    if console.is_terminal:
        lines = textwrap.wrap(
            lines[0],
            max(console.width, indent + _WIDEST_WORD),
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    shown = Text("\n".join(lines))
    shown.stylize("dim", 0, len(lead))
    console.print(shown, soft_wrap=True)


def citation(evidence: Mapping[str, Any]) -> str:
    """One piece of evidence as a citation: title, place, anchor phrase, speaker, address."""
    parts = [str(evidence["title"] or evidence["document"])]
    if evidence.get("locator"):
        parts.append(str(evidence["locator"]))
    if evidence.get("page") is not None:
        parts.append(f"p. {evidence['page']}")
    text = ", ".join(parts)
    if evidence.get("anchor"):
        text += f": “{evidence['anchor']}”"
    if evidence.get("said_by"):
        text += f" (said by {evidence['said_by']})"
    marks = []
    if evidence.get("method") == "reading":
        marks.append("a reading")
    if evidence.get("review") == "unchecked":
        marks.append("unchecked: the document was not seen")
    if evidence.get("deprecated"):
        marks.append(f"held to be mistaken: {evidence['deprecated']}")
    if marks:
        text += f" [{'; '.join(marks)}]"
    return f"{text}. {evidence['url']}" if evidence.get("url") else text


class Sources:
    """Numbers citations in the order in which rows bring them; what is cited twice has one number."""

    _LEFT_TO_JSON: Final = frozenset({"name", "kind"})

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._all: set[str] = set()

    def numbers(self, evidence: Iterable[Mapping[str, Any]], *, most: int | None = None) -> str:
        """The numbers of a row's first `most` citations; the claims that only name its ends are left to `--json`."""
        citations = list(dict.fromkeys(citation(i) for i in evidence if i["predicate"] not in self._LEFT_TO_JSON))
        self._all.update(citations)
        numbers = {self._numbers.setdefault(text, len(self._numbers) + 1) for text in citations[:most]}
        return " ".join(str(number) for number in sorted(numbers))

    @property
    def left(self) -> int:
        """How many citations have no number, since a row had more than the most."""
        return len(self._all) - len(self._numbers)

    def show(self, console: Console) -> None:
        """The numbered list."""
        if not self._numbers:
            return
        console.print("\nEvidence", style="bold")
        for text, number in self._numbers.items():
            print_wrapped(console, f"  {number:>3}  ", text, indent=7)
