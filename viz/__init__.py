"""pyvis over `graph`: subgraphs that one can explore."""
