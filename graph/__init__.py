"""Inquiry Graph: institutions, inquiries, documents and recommendations in Neo4j, with a citation for every claim."""
