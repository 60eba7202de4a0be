"""`inquiry serve`: the API on this machine."""

from __future__ import annotations

import logging
from logging.handlers import WatchedFileHandler
from typing import Annotated, Final

import typer

from api.keys import Keys
from graph.commands.context import connected, errors, read_settings
from graph.errors import InputError
from graph.queries.statements import statement

__all__ = ["serve"]

_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_PATIENCE: Final = 30
"""Seconds for replies that are being sent when it is told to stop."""


def serve(
    *,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8765,
    public: Annotated[
        bool,
        typer.Option("--public", help="Listen on another address than this machine's own though there are no keys."),
    ] = False,
) -> None:
    """Answer questions over HTTP, until Ctrl-C."""
    settings = read_settings()
    has_keys = bool(Keys(settings).all)
    if host not in _LOOPBACK and not (public or has_keys):
        raise InputError(
            f"{host} can be reached from other machines, and there are no keys",
            hint="make one with `inquiry keys new NAME`, or add --public where anybody may ask",
        )
    # Not above: every command imports this module, and only this one needs a server.
    import uvicorn

    from api.app import create_app

    with connected(settings) as connection:
        loaded = connection.read(statement("loaded"), {"ids": []})[0]
    name = f"[{host}]" if ":" in host else host
    errors().print(
        f"{loaded['claims']:,} claims of {loaded['documents']:,} documents are loaded; open http://{name}:{port}/ in a "
        f"browser. For programs, the questions are at http://{name}:{port}/v1/queries, and /openapi.json describes all "
        "addresses",
        soft_wrap=True,
    )
    is_open = public or has_keys
    hosts = None if is_open else frozenset(_LOOPBACK)
    app = create_app(settings, hosts=hosts, is_public=public, plans_ahead=True)
    _open_log(settings.api_log)
    # Its own log of accesses has addresses and parameters.
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=_PATIENCE)


def _open_log(where: str) -> None:
    """Lets the lines of the access log go to standard error or a file; one that is moved away is begun anew."""
    if where == "off":
        return
    try:
        handler = logging.StreamHandler() if where == "stderr" else WatchedFileHandler(where, encoding="utf-8")
    except OSError as error:
        raise InputError(f"the access log cannot be written: {error.strerror}", where=where) from error
    # Not above either.
    from api.envelope import ACCESS

    access = logging.getLogger(ACCESS)
    access.addHandler(handler)
    access.setLevel(logging.INFO)
    access.propagate = False
