"""`inquiry serve`: the API on this machine."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from graph.commands.context import connected, errors, read_settings
from graph.errors import InputError
from graph.queries.statements import statement

__all__ = ["serve"]

_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


def serve(
    *,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8765,
    public: Annotated[
        bool, typer.Option("--public", help="Listen on another address than this machine's own, for anybody.")
    ] = False,
) -> None:
    """Answer questions over HTTP, until Ctrl-C."""
    if host not in _LOOPBACK and not public:
        raise InputError(f"{host} can be reached from other machines", hint="add --public where that is wanted")
    # Not above: every command imports this module, and only this one needs a server.
    import uvicorn

    from api.app import create_app

    settings = read_settings()
    with connected(settings) as connection:
        loaded = connection.read(statement("loaded"), {"ids": []})[0]
    errors().print(
        f"{loaded['claims']:,} claims of {loaded['documents']:,} documents are loaded; the questions are at "
        f"http://{f'[{host}]' if ':' in host else host}:{port}/v1/queries, and /openapi.json describes all addresses",
        soft_wrap=True,
    )
    app = create_app(settings, hosts=None if public else frozenset(_LOOPBACK))
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)
