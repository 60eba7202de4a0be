// How much is loaded
RETURN COUNT { (:Claim) } AS claims, COUNT { (:Document) } AS documents, COUNT { (:Entity) } AS entities
