// Do these two claims of one term say when it began and how long it went on: one claim by itself, or two that give dates?
(a.id = b.id OR (is_dated(a) AND is_dated(b) AND same_term(a, b)))
