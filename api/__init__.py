"""FastAPI over `graph`: provenance questions over HTTP."""
