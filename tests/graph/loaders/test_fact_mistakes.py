"""What a newcomer gets wrong in fact files: each mistake is told once, in its place, with what was meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import FactFileError
from graph.loaders.facts import Known, read_fact_files

Problem = tuple[str, str, str]
WriteFile = Callable[..., Path]

DOCUMENT = """\
document:
  id: document:report
  title: A report
  form: report
  published: 2024-03-01
"""
SAYS = """\
says:
  - entity: body:home-office
    at: page 1
    name: Home Office
  - entity: office:leader
    at: page 1
    name: Leader of the council
"""
HEAD = DOCUMENT + SAYS
LONG_ANCHOR = "one two three four five six seven eight nine"


def problems(path: Path, known: Known | None = None) -> list[Problem]:
    """(line:column, message, hint) of each problem, after a look at the file each of them names."""
    with pytest.raises(FactFileError) as caught:
        read_fact_files([path], known=known or Known())
    found = []
    for problem in caught.value.problems:
        file, _, where = (problem.where or "").partition(".yaml:")
        assert f"{file}.yaml" == str(path)
        found.append((where, problem.message, problem.hint or ""))
    return found


def block(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.strip("\n").splitlines())


DATE_FORMS = "write a year (2024), a month (2024-02) or a day (2024-02-29)"
CALENDAR = "check year, month and day against a calendar"


@pytest.mark.parametrize(
    ("date", "message", "hint"),
    [
        ("12 March 2024", "'12 March 2024' is not a date", DATE_FORMS),
        ("12-03-2024", "'12-03-2024' is not a date", DATE_FORMS),
        ("2024-13", "there is no day 2024-13", CALENDAR),
        ("2024-02-30", "there is no day 2024-02-30", CALENDAR),
    ],
)
def test_a_wrong_date_of_publication_is_told_in_its_line_and_hides_nothing(
    facts_file: WriteFile, date: str, message: str, hint: str
) -> None:
    later = block("- entity: body:home-office\n  at: page 2\n  started: soon")
    path = facts_file(HEAD.replace("2024-03-01", date) + later)
    assert problems(path) == [("5:14", message, hint), ("15:14", "'soon' is not a date", DATE_FORMS)]


def test_a_wrong_version_is_told_in_its_lines_and_hides_nothing(facts_file: WriteFile) -> None:
    path = facts_file(
        DOCUMENT
        + "  version: {published: May, retrieved: 2024, sha256: abc}\n"
        + "says:\n"
        + block("- entity: body:home-office\n  at: page 2\n  nme: Home Office")
    )
    assert problems(path) == [
        ("6:24", "'May' is not a date", DATE_FORMS),
        ("6:29", "a version has no `retrieved`", "did you mean `retrieved_at`?"),
        ("6:54", "`sha256` is 64 digits 0-9 a-f", ""),
        ("10:5", "a Body has no `nme`", "did you mean `name`?"),
    ]


@pytest.mark.parametrize(
    ("head", "where", "message", "hint"),
    [
        (HEAD.replace("  id: document:report\n", ""), "2:3", "the document has no `id`", "add `id: document:slug`"),
        (
            HEAD.replace("id: document:report", "id: report"),
            "2:7",
            "'report' is not an id",
            "write kind:slug, such as document:report",
        ),
        (
            HEAD.replace("id: document:report", "id: body:report"),
            "2:7",
            "body:report is not a document",
            "its id begins with document:",
        ),
        ("document: document:nowhere\n" + SAYS, "1:11", "unknown document `document:nowhere`", ""),
        (SAYS, "1:1", "no document is named", "every claim cites one: begin with `document:`"),
    ],
)
def test_a_document_that_cannot_be_told_hides_nothing(
    facts_file: WriteFile, head: str, where: str, message: str, hint: str
) -> None:
    path = facts_file(head + block("- entity: body:home-office\n  at: page 2\n  nme: X"))
    last = (f"{head.count(chr(10)) + 3}:5", "a Body has no `nme`", "did you mean `name`?")
    assert problems(path) == [(where, message, hint), last]


def test_a_misspelt_document_is_one_problem(facts_file: WriteFile) -> None:
    cites_itself = block("- entity: recommendation:one\n  at: page 2\n  name: One\n  made_in: document:report")
    path = facts_file(HEAD.replace("document:", "documnet:", 1) + cites_itself)
    assert problems(path) == [("1:1", "unknown key `documnet`", "did you mean `document`?")]


def test_misspelt_says_is_one_problem(facts_file: WriteFile) -> None:
    path = facts_file(
        HEAD.replace("says:", "say:")
        + "---\n"
        + DOCUMENT.replace("report\n  title", "other\n  title")
        + "says:\n"
        + block("- entity: body:home-office\n  at: page 1\n  started: 1782")
    )
    assert problems(path) == [("6:1", "unknown key `say`", "did you mean `says`?")]


def test_two_documents_without_an_id_are_not_confused(facts_file: WriteFile) -> None:
    without = HEAD.replace("  id: document:report\n", "")
    found = problems(facts_file(without + "---\n" + without.replace("A report", "Another")))
    assert [message for _, message, _ in found] == ["the document has no `id`"] * 2


RECOMMENDATION = """
- entity: recommendation:one
  at: page 2
  anchor: the words
  number: "1"
  name: Publish the figures
  summary: What is asked for
  jurisdiction: England
  made_in: document:report
  targets: body:home-office
- entity: recommendation:two
  at: page 3
  name: Publish them again
  repeats: recommendation:one
"""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "the words",
            LONG_ANCHOR,
            (
                "15:13",
                f"the anchor has 9 words: '{LONG_ANCHOR}'",
                "keep at most 8 words, enough to find the place again",
            ),
        ),
        (
            "  at: page 2\n  anchor: the words\n",
            "",
            (
                "14:13",
                "`number`, `name`, `summary` and 3 more of recommendation:one have no citation",
                "give `at:` with the place in the document, or mark it `review: unchecked`",
            ),
        ),
        ("anchor: the words", "page: two", ("15:11", "`page` is a number from 1, not 'two'", "put words into `at`")),
        (
            "anchor: the words",
            f"page: {'9' * 30}",
            ("15:11", f"`page` is a number from 1, not '{'9' * 30}'", "put words into `at`"),
        ),
        ("anchor: the words", "review: cheked", ("15:13", "`cheked` is not a review", "did you mean `checked`?")),
        ("anchor: the words", "method: raeding", ("15:13", "`raeding` is not a method", "did you mean `reading`?")),
        (
            "anchor: the words",
            "said_by: document:report",
            (
                "15:14",
                "document:report cannot say anything",
                "a speaker is a person, an office, a body or an inquiry",
            ),
        ),
        (
            "  anchor: the words",
            "  ancor: the words",
            ("15:5", "a Recommendation has no `ancor`", "did you mean `anchor`?"),
        ),
        (
            "name: Publish the figures",
            "name: Ask clerk@example.org",
            (
                "17:11",
                "the text holds an e-mail address: 'clerk@example.org'",
                "leave out whatever could point at a private person, and what insults",
            ),
        ),
        (
            "name: Publish the figures",
            "name: Hear Victim A",
            (
                "17:11",
                "the text holds a pseudonym of a private person: 'Victim A'",
                "leave out whatever could point at a private person, and what insults",
            ),
        ),
        (
            "name: Publish the figures",
            "name: He was convicted",
            (
                "17:11",
                "the text holds somebody's conviction: 'was convicted'",
                "leave out whatever could point at a private person, and what insults",
            ),
        ),
        (
            "entity: recommendation:one",
            "entity: recomendation:one",
            ("13:5", "unknown kind `recomendation` in recomendation:one", "did you mean `recommendation`?"),
        ),
        (
            "at: page 2\n  anchor: the words",
            "ancor: the words",
            ("14:5", "a Recommendation has no `ancor`", "did you mean `anchor`?"),
        ),
        (
            "entity: recommendation:one",
            "entiy: recommendation:one",
            ("13:5", "the block has no `entity`, but `entiy`", "write `entity:`"),
        ),
        (
            "name: Publish the figures",
            "name: null",
            ("17:11", "`name` is empty", "give a value or leave the line out"),
        ),
        (
            "name: Publish the figures",
            "nme: Publish",
            ("17:5", "a Recommendation has no `nme`", "did you mean `name`?"),
        ),
        (
            "targets: body:home-office",
            "targets: [body:home-ofice, body:home-ofice]",
            ("21:15", "unknown body `home-ofice`", "did you mean `home-office`?"),
        ),
        (
            "made_in: document:report",
            "part_of: [body:home-office, body:home-office]",
            (
                "20:15",
                "PART_OF cannot lead from a Recommendation to a Body",
                "it leads from Inquiry to Inquiry; Document to Document; Recommendation to Recommendation; "
                "Action to Action or Document; Body to Body; Place to Place",
            ),
        ),
    ],
)
def test_one_mistake_is_one_problem(facts_file: WriteFile, old: str, new: str, problem: Problem) -> None:
    assert old in RECOMMENDATION
    assert problems(facts_file(HEAD + block(RECOMMENDATION.replace(old, new, 1)))) == [problem]


def test_a_bad_place_does_not_hide_the_rest_of_its_block(facts_file: WriteFile) -> None:
    path = facts_file(
        HEAD + block(f"- entity: body:home-office\n  anchor: {LONG_ANCHOR}\n  started: soon\n  nme: Home Office")
    )
    assert [where for where, _, _ in problems(path)] == ["14:13", "15:14", "16:5"]


def test_an_unknown_entity_is_told_once_with_all_its_lines(facts_file: WriteFile) -> None:
    path = facts_file(
        HEAD
        + block("- entity: office:leader\n  at: page 2\n  office_of: body:council\n  responsible_for: topic:x")
        + block("- entity: body:home-office\n  at: page 2\n  part_of: body:council\n  oversees: body:council")
    )
    assert problems(path) == [
        ("15:16", "unknown body `council`, also in lines 19, 20", "give it a name in a block `entity: body:council`"),
        ("16:22", "unknown topic `x`", "give it a name in a block `entity: topic:x`"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- entity: person:jane\n  at: page 3\n  name: Jane Example\n  held: {to: office:leader, from: 12-2020}",
        "- entity: person:jane\n  at: page 3\n  name: Jane Example\n"
        "- entity: inquiry:one\n  at: page 3\n  name: Inquiry\n  led_by: {to: person:jane, from: 12-2020}",
    ],
)
def test_whom_a_line_with_a_problem_makes_public_is_not_called_private(facts_file: WriteFile, text: str) -> None:
    assert [message for _, message, _ in problems(facts_file(HEAD + block(text)))] == ["'12-2020' is not a date"]


def test_what_an_unreadable_file_names_is_not_unknown_elsewhere(facts_file: WriteFile, tmp_path: Path) -> None:
    broken = facts_file(HEAD.replace("A report", "Report: part one"), "a.yaml")
    facts_file(
        "document: {id: document:other, title: Other, form: report, replies_to: document:report}\nsays:\n"
        + block("- entity: body:part\n  at: page 1\n  name: Part\n  part_of: body:home-office"),
        "b.yaml",
    )
    with pytest.raises(FactFileError) as caught:
        read_fact_files([tmp_path])
    assert [problem.where for problem in caught.value.problems] == [f"{broken}:3:16"]


@pytest.mark.parametrize(
    ("line", "where", "message", "hint"),
    [
        ("  pubisher: body:home-office", "6:3", "a Document has no `pubisher`", "did you mean `publisher`?"),
        ("  publised: 2024", "6:3", "a Document has no `publised`", "did you mean `published`?"),
        ("  versoin: {}", "6:3", "a Document has no `versoin`", "did you mean `version`?"),
        ("  name: The same", "6:3", "`name` repeats line 3", "keep one of the two, or write a list"),
        ("  powers: none", "6:3", "a Document has no `powers`", "`powers` is said of an Inquiry"),
    ],
)
def test_a_wrong_key_of_a_document(facts_file: WriteFile, line: str, where: str, message: str, hint: str) -> None:
    assert problems(facts_file(f"{DOCUMENT}{line}\n{SAYS}")) == [(where, message, hint)]


WRITTEN_OUT = "a date belongs to the line that it dates, written out: `{to: kind:slug, from: 2020}`"


@pytest.mark.parametrize(
    ("line", "where", "message", "hint"),
    [
        ("since: 2019", "15:5", "a Body has no `since`", WRITTEN_OUT),
        ("from: 2019", "15:5", "a Body has no `from`", WRITTEN_OUT),
        ("title: Home Office", "15:5", "a Body has no `title`", "did you mean `name`?"),
        (
            "published_by: body:home-office",
            "15:19",
            "PUBLISHED_BY cannot lead from a Body to a Body",
            "it leads from Document to Body or Inquiry",
        ),
        ("published: 2019", "15:5", "a Body has no `published`", "`published` is said of a Document"),
        ("description: A ministry", "15:5", "a Body has no `description`", "did you mean `summary`?"),
        ("xyzzy: 1", "15:5", "a Body has no `xyzzy`", ""),
        (
            "part_of: {to: body:home-office, since: 2019}",
            "15:37",
            "`part_of` takes no `since`",
            "did you mean `from`?",
        ),
        (
            "part_of: {to: body:home-office, ancor: x}",
            "15:37",
            "`part_of` takes no `ancor`",
            "did you mean `anchor`?",
        ),
        ("started: {value: 2019, bond: exact}", "15:28", "`started` takes no `bond`", "did you mean `bound`?"),
        ("part_of: {to: body:home-office, from: May}", "15:43", "'May' is not a date", DATE_FORMS),
    ],
)
def test_a_wrong_key_of_a_block(facts_file: WriteFile, line: str, where: str, message: str, hint: str) -> None:
    path = facts_file(HEAD + block(f"- entity: body:home-office\n  at: page 2\n  {line}"))
    assert problems(path) == [(where, message, hint)]


@pytest.mark.parametrize(
    ("line", "where", "written", "hint"),
    [
        ("part_of: Home Office", "15:14", "Home Office", "did you mean `body:home-office`?"),
        ("part_of: {to: home office}", "15:15", "home office", "did you mean `body:home-office`?"),
        ("part_of: body:Home Office", "15:14", "body:Home Office", "did you mean `body:home-office`?"),
        ("part_of: Body:home-office", "15:14", "Body:home-office", "did you mean `body:home-office`?"),
        ("part_of: home-office", "15:14", "home-office", "did you mean `body:home-office`?"),
        ("said_by: Leader of the Council", "15:14", "Leader of the Council", "did you mean `office:leader`?"),
        ("covers: Rother Valley", "15:13", "Rother Valley", "write kind:slug, such as place:rother-valley"),
        (
            "part_of: body:Café & Friends",
            "15:14",
            "body:Café & Friends",
            "write kind:slug, such as body:cafe-and-friends",
        ),
        ("covers: Ведомство", "15:13", "Ведомство", "write kind:slug, such as place:slug"),
    ],
)
def test_a_name_in_the_place_of_an_id(facts_file: WriteFile, line: str, where: str, written: str, hint: str) -> None:
    path = facts_file(HEAD + block(f"- entity: body:home-office\n  at: page 2\n  {line}"))
    assert problems(path) == [(where, f"{written!r} is not an id", hint)]


def test_a_name_that_stands_in_other_files_is_known(facts_file: WriteFile) -> None:
    seeds = read_fact_files([facts_file(HEAD, "seeds.yaml")]).known()
    path = facts_file(
        "document: {id: document:mine, title: Mine, form: report, publisher: Home Office}\n"
        "says:\n  - entity: Home Office\n    at: page 1\n    started: 1782\n",
        "mine.yaml",
    )
    assert problems(path, seeds) == [
        ("1:69", "'Home Office' is not an id", "did you mean `body:home-office`?"),
        ("3:5", "'Home Office' is not an id", "did you mean `body:home-office`?"),
    ]


def test_a_slug_of_another_kind_is_suggested(facts_file: WriteFile) -> None:
    path = facts_file(HEAD + block("- entity: body:home-office\n  at: page 2\n  said_by: office:home-office"))
    assert problems(path) == [("15:14", "unknown office `home-office`", "did you mean `body:home-office`?")]


TITLE = "document:\n  id: document:report\n"


@pytest.mark.parametrize(
    ("content", "where", "message", "hint"),
    [
        (
            f"{TITLE}\ttitle: A\n",
            "3:1",
            "found a tab character that violates indentation",
            "use spaces, not the tab key",
        ),
        ("document:\n\tid: x\n", "2:1", "found character that cannot start any token", "use spaces, not the tab key"),
        (
            f"{TITLE}  title: Report: part one\n",
            "3:16",
            "mapping values are not allowed in this context",
            "there is a colon within the text: put the text in double quotes",
        ),
        (
            f"{TITLE}  title: 'The council's report'\n",
            "3:23",
            "did not find expected key",
            "an apostrophe ends a text in single quotes: put the text in double quotes",
        ),
        (
            f'{TITLE}  title: "A report\n  form: report\n',
            "3:10",
            "found unexpected end of stream",
            "close the quotes that open here",
        ),
        (
            f'{TITLE}  title: "A report\n  form: "report"\n',
            "4:10",
            "did not find expected key",
            "close the quotes that open in line 3",
        ),
        (
            f'{TITLE}  title: "A" report\n',
            "3:14",
            "did not find expected key",
            "the quotes end before the text does: put all of it in double quotes, and write ' for those within",
        ),
        (
            f"{TITLE}  title: [Draft] report\n",
            "3:18",
            "did not find expected key",
            "a text cannot begin with a bracket unless it is quoted: put the text in double quotes",
        ),
        (
            f"{TITLE}  title: @council\n",
            "3:10",
            "found character that cannot start any token",
            "a text cannot begin with this sign unless it is quoted: put the text in double quotes",
        ),
        (
            f"{TITLE}  title:Report\n  form: report\n",
            "3:3",
            "could not find expected ':'",
            "put a space after the colon",
        ),
        (
            f"{TITLE}   title: A\n",
            "3:9",
            "mapping values are not allowed in this context",
            "begin the line as far in as its neighbours; where it goes on with a text from above, "
            "put the text in double quotes",
        ),
        (
            f"{TITLE} title: A\n",
            "3:2",
            "did not find expected key",
            "begin the line as far in as its neighbours, with spaces",
        ),
        (
            "says:\n  -entity: body:x\n   name: X\n",
            "3:8",
            "mapping values are not allowed in this context",
            "put a space after the dash",
        ),
        (
            "says:\n  - {entity: body:x, name: 'it's'}\n",
            "2:32",
            "did not find expected ',' or '}'",
            "close each bracket, and put a text with a comma, a colon, a bracket or quotes in double quotes",
        ),
    ],
)
def test_what_is_not_yaml_gets_a_hint_beside_the_words_of_the_parser(
    facts_file: WriteFile, content: str, where: str, message: str, hint: str
) -> None:
    assert problems(facts_file(content)) == [(where, f"this is not YAML: {message}", hint)]


@pytest.mark.parametrize("key", ["name", "other_name"])
@pytest.mark.parametrize("word", ["Victim", "survivor", "Suspect", "Offender", "WITNESS", "Convicted"])
def test_the_name_of_a_person_says_nothing_of_a_crime(facts_file: WriteFile, key: str, word: str) -> None:
    path = facts_file(
        HEAD + block(f"- entity: person:sarah\n  at: page 3\n  {key}: {word} Sarah Example\n  held: office:leader")
    )
    hint = "the graph never names victims, survivors, offenders, suspects or witnesses; leave this person out"
    column = len(f"    {key}: ") + 1
    assert problems(path) == [(f"15:{column}", f"the name of a person holds {word!r}", hint)]


def test_the_id_of_a_person_says_nothing_of_a_crime(facts_file: WriteFile) -> None:
    path = facts_file(HEAD + block("- entity: person:victim-sarah\n  at: page 3\n  name: Sarah Example"))
    hint = "the graph never names victims, survivors, offenders, suspects or witnesses; leave this person out"
    assert problems(path) == [("13:5", "the name of a person holds 'victim'", hint)]


def test_bodies_and_people_of_similar_names_are_let_through(facts_file: WriteFile) -> None:
    path = facts_file(
        HEAD
        + block("- entity: body:support\n  at: page 3\n  name: Victim Support")
        + block("- entity: person:vera\n  at: page 3\n  name: Vera Child\n  held: office:leader")
    )
    assert {"body:support", "person:vera"} <= read_fact_files([path]).named
