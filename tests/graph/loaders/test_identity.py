"""Records of sources and the entities they are: identifiers join, names never do."""

from __future__ import annotations

import pytest

from graph.errors import InputError, SchemaError
from graph.loaders.identity import Identified, Identity, identified_by, own_id
from graph.schema import Claim, Source, make_claim
from graph.schema.ids import name_key

SOURCE = Source(document="document:list", published="2024", is_register=True)
HOME_OFFICE = Identified("body:home-office", "govuk:home-office", frozenset({name_key("Home Office")}))


def says(subject: str, predicate: str, target: str | None = None, value: str | None = None) -> Claim:
    return make_claim(subject, predicate, source=SOURCE, target=target, value=value, locator="row 1", record_key="1")


def test_an_id_of_a_source_comes_from_its_own_key() -> None:
    assert own_id("body", "govuk:home-office") == "body:govuk.home-office"
    assert own_id("place", "gss:E08000018") == "place:gss.E08000018"


def test_keys_that_are_no_slug_stay_apart() -> None:
    ids = {own_id("group", f"ifg-group:{name}") for name in ("Vice Chamberlain/HM", "Vice Chamberlain HM", "é", "e")}
    assert len(ids) == 4


def test_what_shares_an_identifier_is_one_entity_and_the_claim_stays_the_same() -> None:
    claim = says("body:govuk.home-office", "PART_OF", "body:govuk.civil-service")
    settled = Identity([HOME_OFFICE]).settle(claim)
    assert (settled.subject, settled.subject_ref) == ("body:home-office", "body:govuk.home-office")
    assert (settled.object, settled.object_ref) == ("body:govuk.civil-service", None)
    assert settled.id == claim.id
    assert Identity([]).settle(claim) is claim


def test_a_place_and_a_body_with_one_code_stay_apart() -> None:
    identity = Identity([Identified("place:rotherham", "gss:E08000018", frozenset())])
    assert identity.entity("place:gss.E08000018") == "place:rotherham"
    assert identity.entity("body:gss.E08000018") == "body:gss.E08000018"


def test_a_name_that_differs_from_the_known_one_is_another_name() -> None:
    identity = Identity([HOME_OFFICE])
    assert identity.settle(says("body:govuk.home-office", "name", value="HOME OFFICE")).predicate == "name"
    assert identity.settle(says("body:govuk.home-office", "name", value="The Office")).predicate == "other_name"
    assert identity.settle(says("body:govuk.cabinet-office", "name", value="The Office")).predicate == "name"


def test_names_alone_join_nothing() -> None:
    identity = Identity([HOME_OFFICE])
    assert identity.settle(says("body:ifg.1", "name", value="Home Office")).subject == "body:ifg.1"


def test_a_second_identifier_joins_where_the_first_is_unknown() -> None:
    identity = Identity([Identified("person:ann", "parliament:500", frozenset())])
    assert identity.own("person", "ifg:x", "parliament:500") == "person:ifg.x"
    assert identity.entity("person:ifg.x") == "person:ann"
    assert identity.own("person", "ifg:y", None) == identity.entity("person:ifg.y") == "person:ifg.y"


def test_identifiers_that_lead_to_different_entities_are_refused() -> None:
    known = [Identified("person:ann", "ifg:x", frozenset()), Identified("person:bo", "parliament:500", frozenset())]
    with pytest.raises(SchemaError, match="lead to different entities: person:ann, person:bo"):
        Identity(known).own("person", "ifg:x", "parliament:500")


def test_what_is_judged_different_is_not_joined_by_an_identifier() -> None:
    known = [HOME_OFFICE, Identified("person:ann", "parliament:500", frozenset())]
    parted = {
        frozenset({"body:home-office", "body:govuk.home-office"}): "a.yaml:3",
        frozenset({"person:ann", "person:ifg.x"}): "a.yaml:5",
    }
    identity = Identity(known, (), parted)
    assert identity.entity("body:govuk.home-office") == "body:govuk.home-office"
    assert identity.entity(identity.own("person", "ifg:x", "parliament:500")) == "person:ifg.x"
    assert identity.digest != Identity(known).digest


def test_one_that_has_the_identifiers_of_two_that_are_judged_different_is_an_error() -> None:
    known = [HOME_OFFICE, Identified("body:home-office", "ifg:1", frozenset())]
    parted = {frozenset({"body:ifg.1", "body:govuk.home-office"}): "a.yaml:3"}
    with pytest.raises(
        InputError, match="judged different, but by their identifiers both are body:home-office"
    ) as found:
        Identity(known, (), parted)
    assert found.value.where == "a.yaml:3"


def test_a_judgement_joins_what_has_no_identifier() -> None:
    known = [Identified("body:labour-party", "", frozenset({"labour party"}))]
    identity = Identity(known, [("body:labour-party", "body:ifg-party.Labour")])
    settled = identity.settle(says("body:ifg-party.Labour", "name", value="Labour"))
    assert (settled.subject, settled.predicate) == ("body:labour-party", "other_name")


def test_of_two_records_that_are_one_the_first_keeps_its_name() -> None:
    identity = Identity([], [("body:ifg.1", "body:govuk.x")])
    assert identity.settle(says("body:ifg.1", "name", value="Ministry")).predicate == "name"
    settled = identity.settle(says("body:govuk.x", "name", value="The Ministry"))
    assert (settled.subject, settled.subject_ref, settled.predicate) == ("body:ifg.1", "body:govuk.x", "other_name")


def test_claims_tell_by_which_identifiers_and_names_entities_are_known() -> None:
    claims = [
        says("body:a", "name", value="A & B"),
        says("body:a", "identifier", value="govuk:a"),
        says("body:c", "name", value="C"),
    ]
    assert identified_by(claims) == [
        Identified("body:a", "govuk:a", frozenset({"a and b"})),
        Identified("body:c", "", frozenset({"c"})),
    ]


def test_the_digest_changes_with_a_join() -> None:
    own = Identified("body:govuk.x", "govuk:x", frozenset())
    assert Identity([own]).digest != Identity([own, HOME_OFFICE]).digest
