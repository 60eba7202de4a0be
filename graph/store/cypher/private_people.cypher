// People whom no live claim makes public by an office, a chair, a membership or an authorship
MATCH (p:Person)
WHERE EXISTS { (c:Claim {subject: p.id}) WHERE c.predicate IS NOT NULL AND c.retracted_at IS NULL }
  AND NOT EXISTS { (c:Claim {subject: p.id}) WHERE c.predicate IN ['HELD', 'MEMBER_OF'] AND c.retracted_at IS NULL }
  AND NOT EXISTS { (c:Claim {object: p.id}) WHERE c.predicate IN ['LED_BY', 'WRITTEN_BY'] AND c.retracted_at IS NULL }
RETURN p.id AS id
ORDER BY id
LIMIT 1000
