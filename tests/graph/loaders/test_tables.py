"""Tables that are not as described: each mistake is an error or a refused row that names its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SchemaError, SourceError
from graph.loaders.problems import MOST_PROBLEMS, Problem, Problems
from graph.loaders.rows import Row
from graph.loaders.tables import Table, examine_file, read_rows

PEOPLE = Table(
    file="people.csv",
    key=("person",),
    columns={"person": "id", "name": "full name"},
    dropped={"gender": "private"},
    unused={"height": "says nothing"},
)
BODIES = Table(
    file="bodies.json", format="json", key=("slug",), columns={"slug": "details.slug", "parents": "parents"},
    unused={"details.colour": "decoration"},
)  # fmt: skip
HEADER = "id,full name,gender,height\n"


def write(folder: Path, content: str | bytes, table: Table = PEOPLE) -> Path:
    path = folder / table.file
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path, table: Table = PEOPLE) -> tuple[str, str]:
    with pytest.raises(SourceError) as caught:
        examine_file(path, table)
    return str(caught.value.where).replace(str(path), path.name), caught.value.message


def everything(path: Path, table: Table = PEOPLE) -> tuple[list[tuple[str, str]], list[Problem]]:
    problems = Problems()
    return [(row.place, row.key) for row in read_rows(path, table, problems)], list(problems)


def test_a_whole_file_is_counted_and_its_bytes_are_hashed(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff" + HEADER + 'a,"Ann, B",F,1\nb,"Two\nlines",M,2\n')
    facts = examine_file(path, PEOPLE)
    assert (facts.rows, len(facts.sha256)) == (2, 64)
    assert everything(path) == ([("people.csv, row 2", "a"), ("people.csv, row 3", "b")], [])


def test_no_loader_sees_what_is_dropped_or_unused(tmp_path: Path) -> None:
    row = next(read_rows(write(tmp_path, HEADER + "a,Ann,F,1\n"), PEOPLE, Problems()))
    assert row.left == ["person", "name"]


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        ("", "people.csv", "the file is empty"),
        (HEADER, "people.csv", "the file has no rows"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "people.csv", "the file is a web page, not a table"),
        ("\n <html>\n", "people.csv", "the file is a web page, not a table"),
        ("id,full nam,gender,height\na,b,c,d\n", "people.csv", "unknown column `full nam`"),
        ("id,gender,height\na,c,d\n", "people.csv", "there is no column `full name`"),
        ("id,id,full name\na,b,c\n", "people.csv", "two columns are called `id`"),
        (
            HEADER + "a,Ann,F,1\nb,Be",
            "people.csv, row 3",
            "the file is cut off: the row has 2 of the 4 fields of the header",
        ),
        (HEADER + 'a,Ann,F,1\nb,"Be', "people.csv, row 3", "the file cannot be read on: unexpected end of data"),
        ((HEADER + "a,Zoë,F,1\n").encode("cp1252"), "people.csv, line 2", "the file is not utf-8: byte 0xeb"),
        ((HEADER + "a,Zoë").encode()[:-1], "people.csv, line 2", "the file is cut off within a letter"),
        ((HEADER + "a,b,c,d\n").encode("utf-16"), "people.csv, line 1", "the file is not text"),
    ],
)
def test_what_is_no_table_is_refused_before_anything_is_loaded(
    tmp_path: Path, content: str | bytes, where: str, message: str
) -> None:
    assert refusal(write(tmp_path, content)) == (where, message)


def test_a_missing_file_says_how_to_say_where_it_is(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        examine_file(tmp_path / "people.csv", PEOPLE)
    assert (caught.value.message, caught.value.hint) == (
        "the file is not there",
        "say where the data is with --data FOLDER",
    )


def test_an_unknown_column_is_compared_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        examine_file(write(tmp_path, "id,full nam,gender,height\na,b,c,d\n"), PEOPLE)
    assert caught.value.hint == "did you mean `full name`?"


def test_a_file_in_the_encoding_that_is_described_is_read(tmp_path: Path) -> None:
    table = PEOPLE.model_copy(update={"encoding": "cp1252"})
    path = write(tmp_path, (HEADER + "a,Zoë,F,1\r\n").encode("cp1252"))
    assert examine_file(path, table).rows == 1
    assert next(read_rows(path, table, Problems())).text("name") == "Zoë"


def test_line_ends_of_old_machines_are_read(tmp_path: Path) -> None:
    assert everything(write(tmp_path, (HEADER + "a,Ann,F,1\nb,Bo,M,2\n").replace("\n", "\r")))[0] == [
        ("people.csv, row 2", "a"), ("people.csv, row 3", "b"),
    ]  # fmt: skip


def test_a_row_of_another_width_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "a,Ann,F,1\nb,Bo\n\nc,Cy,M,3\n")
    assert examine_file(path, PEOPLE).rows == 3
    rows, problems = everything(path)
    assert rows == [("people.csv, row 2", "a"), ("people.csv, row 5", "c")]
    assert problems == [Problem("people.csv", 3, "", "the row has 2 of the 4 fields of the header")]


def test_lines_and_columns_of_nothing_but_separators_are_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path, "id,full name,gender,height,,\na,Ann,F,1,,\n,,,,,\nb,Bo,M,2,,\n,, ,,,\n")
    assert examine_file(path, PEOPLE).rows == 2
    assert everything(path) == ([("people.csv, row 2", "a"), ("people.csv, row 4", "b")], [])


def test_something_in_a_column_without_a_name_is_a_bad_row(tmp_path: Path) -> None:
    rows, problems = everything(write(tmp_path, "id,full name,gender,height,\na,Ann,F,1,?\nb,Bo,M,2,\n"))
    assert rows == [("people.csv, row 3", "b")]
    assert problems == [Problem("people.csv", 2, "", "there is something in a column without a name")]


def test_names_of_columns_are_read_without_their_line_breaks(tmp_path: Path) -> None:
    path = write(tmp_path, 'id,"full\r\rname",gender,height\na,Ann,F,1\n')
    assert everything(path) == ([("people.csv, row 2", "a")], [])


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_text_that_was_read_as_latin_1_is_put_right(tmp_path: Path, encoding: str) -> None:
    table = PEOPLE.model_copy(update={"garbled": encoding})
    path = write(tmp_path, HEADER + "a,Zoë’s,F,1\n".encode(encoding).decode("latin-1"))
    assert next(read_rows(path, table, Problems())).text("name") == "Zoë’s"


def test_text_that_was_not_garbled_so_is_a_bad_row(tmp_path: Path) -> None:
    table = PEOPLE.model_copy(update={"garbled": "cp1252"})
    rows, problems = everything(write(tmp_path, HEADER + "a,Zoë’s,F,1\nb,Bo,M,2\n"), table)
    assert [row for row, _ in rows] == ["people.csv, row 3"]
    assert "not cp1252 that was read as Latin-1" in problems[0].reason


def test_nested_items_are_read_one_by_one(tmp_path: Path) -> None:
    items = [{"details": {"slug": f"s-{n}", "colour": "x" * 100}, "parents": []} for n in range(2_000)]
    path = write(tmp_path, json.dumps(items, indent=1), BODIES)
    assert examine_file(path, BODIES).rows == 2_000
    rows, problems = everything(path, BODIES)
    assert (rows[0], rows[-1]) == (("bodies.json, item 1", "s-0"), ("bodies.json, item 2000", "s-1999"))
    assert problems == []


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        ('{"a": 1}', "bodies.json", "the file is not a list of items"),
        ("[]", "bodies.json", "the file has no rows"),
        ('[{"details": {"slug": "a"}, "parents": []}, {"deta', "bodies.json, item 2",
         "the file is cut off or is not JSON: Unterminated string starting at"),
        ('[{"details": {"slug": "a"}, "parents": []}', "bodies.json, item 2",
         "the file is cut off or is not JSON: Expecting value"),
        ('[{"details": {"slug": "a", "phone": 1}, "parents": []}]', "bodies.json, item 1",
         "unknown column `details.phone`"),
        ('[{"details": {}, "parents": []}]', "bodies.json, item 1", "there is no column `details.slug`"),
    ],
)  # fmt: skip
def test_json_that_is_not_as_described_is_refused(tmp_path: Path, content: str, where: str, message: str) -> None:
    assert refusal(write(tmp_path, content, BODIES), BODIES) == (where, message)


def row(**values: Any) -> Row:
    return Row("people.csv", 2, values, ("person",))


def test_fields_are_taken_once_and_cleaned() -> None:
    given = row(
        person="a", number="500.0", name=" Ann \n B ", since="2024-02", moment="2021-09-20T00:00:00.000+01:00",
        acting="False", names=["A", " ", "B, C"], codes="X, Y,", blank="",
    )  # fmt: skip
    assert given.whole_number("number") == "500"
    assert given.text("name") == "Ann B"
    assert (given.date("since"), given.date("moment"), given.date("blank")) == ("2024-02", "2021-09-20", None)
    assert given.flag("acting") is False
    assert (given.texts("names"), given.texts("codes")) == (["A", "B, C"], ["X", "Y"])
    assert given.left == ["person"]


def test_days_are_read_in_the_forms_of_the_source() -> None:
    given = row(a="28/01/2026", b="2024-02", c="31/02/2026")
    forms = ("%d/%m/%Y",)
    assert (given.date("a", forms=forms), given.date("b", forms=forms)) == ("2026-01-28", "2024-02")
    with pytest.raises(SchemaError, match="'31/02/2026' is not a date"):
        given.date("c", forms=forms)


def test_words_that_stand_for_nothing_are_blank(tmp_path: Path) -> None:
    table = PEOPLE.model_copy(update={"blanks": ("nan",)})
    assert next(read_rows(write(tmp_path, HEADER + "a,nan,F,1\n"), table, Problems())).text("name") is None


@pytest.mark.parametrize(
    ("method", "value", "message"),
    [
        ("needed", " ", "`x` is blank"),
        ("date", "31/12/2024", "`x`: '31/12/2024' is not a date"),
        ("date", "2005-il-Ap", "`x`: '2005-il-Ap' is not a date"),
        ("date", "2024-02-30", "`x`: there is no day 2024-02-30"),
        ("flag", "perhaps", "`x` is neither yes nor no: 'perhaps'"),
        ("whole_number", "500.5", "`x` is not a whole number: '500.5'"),
        ("text", ["a"], "`x` is not a text: \"['a']\""),
        ("texts", [1], "`x` is not a list of texts"),
        ("records", "a", "`x` is not a list of objects"),
    ],
)
def test_a_field_that_is_something_else_is_told(method: str, value: object, message: str) -> None:
    with pytest.raises(SchemaError) as caught:
        getattr(row(x=value), method)("x")
    assert caught.value.message == message


def test_a_file_with_nothing_but_problems_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="more than 10,000 rows are refused"):
        everything(write(tmp_path, HEADER + "a\n" * (MOST_PROBLEMS + 1)))


def test_the_list_of_problems_is_written_whole(tmp_path: Path) -> None:
    problems = Problems()
    problems.add(Problem("people.csv", 3, "b", "the row has 2 of the 4 fields of the header"))
    problems.add(Problem("people.csv", 5, "c", "odd", is_refused=False))
    problems.write(tmp_path / "lists" / "people.csv")
    assert (tmp_path / "lists" / "people.csv").read_text() == (
        "file,row,key,refused,reason\npeople.csv,3,b,yes,the row has 2 of the 4 fields"
        " of the header\npeople.csv,5,c,no,odd\n"
    )
    assert (len(problems.refused), len(problems.remarks)) == (1, 1)
