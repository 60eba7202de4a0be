// Is the full-text index there?
SHOW FULLTEXT INDEXES YIELD name, state
WHERE name = $index AND state = 'ONLINE'
RETURN name
