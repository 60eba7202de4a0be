"""Fetching jars with the command `mvn`, for machines whose mirror or proxy is known to Maven only."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from graph.errors import LocalServerError

__all__ = ["copy_jars", "is_installed"]

_MINUTES = 10


def is_installed() -> bool:
    """Say whether there is a command `mvn`."""
    return shutil.which("mvn") is not None


def copy_jars(coordinates: Iterable[tuple[str, str, str, str]], folder: Path) -> None:
    """Let `mvn` put the jars (group, artifact, version, classifier) into `folder`, without their dependencies."""
    command = shutil.which("mvn")
    if command is None:
        raise LocalServerError("mvn is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    pom = folder / "pom.xml"
    pom.write_text(_pom(coordinates, folder), encoding="utf-8")
    arguments = [command, "--batch-mode", "--quiet", "--file", str(pom), "dependency:copy"]
    try:
        # The command is what the user has on the path, its arguments are ours.
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=_MINUTES * 60, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise LocalServerError(f"mvn was not done after {_MINUTES} minutes") from None
    if done.returncode != 0:
        errors = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("[ERROR]")]
        raise LocalServerError(errors[0].removeprefix("[ERROR]").strip() if errors else "mvn failed")


def _pom(coordinates: Iterable[tuple[str, str, str, str]], folder: Path) -> str:
    items = "\n".join(
        f"<artifactItem><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>"
        f"<classifier>{classifier}</classifier><type>jar</type></artifactItem>"
        for group, artifact, version, classifier in coordinates
    )
    return f"""<project>
<modelVersion>4.0.0</modelVersion>
<groupId>inquiry</groupId><artifactId>jars</artifactId><version>1</version><packaging>pom</packaging>
<build><plugins><plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId>
<configuration><outputDirectory>{escape(str(folder))}</outputDirectory><artifactItems>
{items}
</artifactItems></configuration></plugin></plugins></build>
</project>
"""
