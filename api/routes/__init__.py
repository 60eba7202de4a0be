"""The addresses, a module for each sort."""
