// The kind of an entity, and whether every claim that spoke of it, or was cited from it, is closed
MATCH (e:Entity {id: $id})
RETURN head([label IN labels(e) WHERE label <> 'Entity' AND toLower(label) = split(e.id, ':')[0]]) AS label,
       e.withdrawn IS NOT NULL AND NOT EXISTS {
         MATCH (e)<-[:SUBJECT|OBJECT|CITES|SAID_BY]-(c:Claim)
         WHERE c.retracted_at IS NULL AND c.redacted IS NULL
       } AS is_gone
