"""The one place where what the driver raises becomes an error of ours, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import InquiryError, QueryError, QueryStopped, StoreError

__all__ = ["translate", "translated", "unusable_address"]

# The beginning of Neo4j's code → what was wrong (None: Neo4j's own words), and what to do. The first match counts.
_BY_CODE: tuple[tuple[str, str | None, str | None], ...] = (
    (
        "Neo.ClientError.Security.AuthenticationRateLimit",
        "Neo4j takes no more passwords for a few seconds, after several wrong ones",
        "wait ten seconds, and check INQUIRY_NEO4J_USER and INQUIRY_NEO4J_PASSWORD",
    ),
    (
        "Neo.ClientError.Security.Unauthorized",
        "Neo4j does not take this user and password",
        "check INQUIRY_NEO4J_USER and INQUIRY_NEO4J_PASSWORD",
    ),
    ("Neo.ClientError.Security.CredentialsExpired", "the password must be changed first", "change it in Neo4j Browser"),
    (
        "Neo.ClientError.Security.Forbidden",
        None,
        "give the user the rights, or use another one (INQUIRY_NEO4J_USER)",
    ),
    ("Neo.ClientError.Database.DatabaseNotFound", "there is no such database", "check INQUIRY_NEO4J_DATABASE"),
    ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "the database is read-only", "write to one that is not"),
    ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "the database is read-only", "write to one that is not"),
    ("Neo.ClientError.Statement.AccessMode", "a write was tried where only reads are allowed", None),
    (
        "Neo.ClientError.Transaction.TransactionTimedOut",
        "the query took too long and was stopped",
        "narrow it, or raise INQUIRY_QUERY_TIMEOUT",
    ),
    (
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "the query took too much memory and was stopped",
        "narrow it, or raise INQUIRY_HEAP",
    ),
    (
        "Neo.TransientError.General.OutOfMemoryError",
        "the query took too much memory and was stopped",
        "narrow it, or raise INQUIRY_HEAP",
    ),
    (
        "Neo.TransientError.General.StackOverFlowError",
        "the query is too deeply nested and was stopped",
        "make it simpler",
    ),
    (
        "Neo.TransientError.Database.DatabaseUnavailable",
        "the database is not available",
        "see its logs, and whether its disk is full",
    ),
    (
        "Neo.DatabaseError.Transaction.TransactionLogError",
        "Neo4j could not write its transaction log",
        "see whether its disk is full, and its logs",
    ),
    (
        "Neo.DatabaseError.Transaction.TransactionCommitFailed",
        "Neo4j could not write a transaction",
        "see whether its disk is full, and its logs",
    ),
)
_STOPPED = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.OutOfMemoryError",
    "Neo.TransientError.General.StackOverFlowError",
)
_FULL_DISK = ("no space left", "not enough space", "disk is full")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what the driver raises inside the block into a StoreError or QueryError; `where` is the address."""
    try:
        yield
    except InquiryError:
        raise
    except (DriverError, Neo4jError) as error:
        raise translate(error, where) from error


def translate(error: DriverError | Neo4jError, where: str) -> InquiryError:
    """Say what was wrong, where, and what to do."""
    text = str(error).lower()
    if any(words in text for words in _FULL_DISK):
        return StoreError("the disk of Neo4j is full", where=where, hint="free some space on the disk and try again")
    if isinstance(error, Neo4jError):
        return _translate_answer(error, where)
    if isinstance(error, SessionExpired):
        return StoreError("Neo4j went away in the middle", where=where, hint="see whether it runs, and try again")
    if isinstance(error, ServiceUnavailable):
        return _translate_unavailable(error, where)
    if isinstance(error, ConfigurationError):
        return unusable_address(where)
    return StoreError(f"Neo4j could not be asked: {error}", where=where)


def unusable_address(where: str) -> StoreError:
    """Say that the driver does not know what to do with an address."""
    hint = "INQUIRY_NEO4J_URI begins with bolt://, neo4j://, bolt+s:// or neo4j+s://"
    return StoreError("the address cannot be used", where=where, hint=hint)


def _translate_unavailable(error: ServiceUnavailable, where: str) -> StoreError:
    if "defunct" in str(error).lower():
        return StoreError("Neo4j went away in the middle", where=where, hint="see whether it runs, and try again")
    return StoreError(
        "Neo4j does not answer", where=where, hint="see whether it runs, and check the address in INQUIRY_NEO4J_URI"
    )


def _translate_answer(error: Neo4jError, where: str) -> InquiryError:
    code = error.code or ""
    if code.startswith("Neo.ClientError.Statement.") and code != "Neo.ClientError.Statement.AccessMode":
        return QueryError(_message(error))
    if code.startswith("Neo.ClientError.Procedure."):
        return QueryError(_message(error).partition("Caused by:")[0].strip())
    for beginning, message, hint in _BY_CODE:
        if code.startswith(beginning):
            kind = QueryStopped if code.startswith(_STOPPED) else StoreError
            return kind(message or _message(error), where=where, hint=hint)
    if isinstance(error, AuthError):
        return StoreError(_message(error), where=where, hint="check INQUIRY_NEO4J_USER and INQUIRY_NEO4J_PASSWORD")
    return StoreError(_message(error), where=where)


def _message(error: Neo4jError) -> str:
    return (error.message or "Neo4j gave no reason").strip()
