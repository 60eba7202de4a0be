// Is there any entity?
RETURN EXISTS { (:Entity) } AS found
