"""Input to claims: one module for each kind of input."""
