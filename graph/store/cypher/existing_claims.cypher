// Which of these claims does the graph hold already, under which source, and are they closed?
UNWIND $ids AS id
MATCH (first:Claim {id: id})
OPTIONAL MATCH (last:Claim {id: first.returned_as})
WITH id, first, coalesce(last, first) AS c
RETURN id, c.id AS current, c.subject AS subject, c.object AS object, c.predicate AS predicate,
       c.retracted_at IS NOT NULL AS closed, first.redacted IS NOT NULL AS redacted,
       c.source AS source, coalesce(c.also_from, []) AS also_from, coalesce(first.returns, 0) AS returns,
       c.register AS register, c.from_earliest AS from_earliest, c.from_latest AS from_latest, c.until_latest AS until_latest,
       c.known_earliest AS known_earliest, c.known_latest AS known_latest, coalesce(c.until_versions, [c.until_earliest]) AS ends,
       c.method AS method, c.review AS review, c.deprecated AS deprecated,
       [(c)-[at:CITES]->() | {version: at.version, anchor: at.anchor, page: at.page}] AS places
