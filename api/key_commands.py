"""`inquiry keys`: who may ask over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from api.keys import add_key, read_keys, remove_key
from graph.commands.context import AsJson, errors, read_settings, screen
from graph.commands.output import print_json, print_rows

__all__ = ["keys"]

keys = typer.Typer(help="Make, list and revoke the keys of the API.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="What the key is called in the list and in the access log.")]


@keys.command()
def new(
    name: Name,
    *,
    rate: Annotated[
        str | None, typer.Option("--rate", help="Requests it may make, such as 60/minute; else INQUIRY_API_RATE.")
    ] = None,
) -> None:
    """Make a key and print it, once; only its hash is kept."""
    path = read_settings().api_keys_path
    screen().print(add_key(path, name, rate=rate), markup=False, soft_wrap=True)
    errors().print(
        f"Its hash is in {path}. The key cannot be shown again; it is sent as `Authorization: Bearer KEY`.",
        style="dim",
        markup=False,
        soft_wrap=True,
    )


@keys.command(name="list")
def list_keys(*, as_json: AsJson = False) -> None:
    """List the keys of the file, without what they are."""
    settings = read_settings()
    rows = [
        {"name": key.name, "created": key.created.isoformat(timespec="seconds") if key.created else None,
         "rate": key.rate or settings.api_rate}
        for key in read_keys(settings.api_keys_path)
    ]  # fmt: skip
    if as_json:
        print_json(rows)
    else:
        print_rows(screen(), rows, [(name, name) for name in ("name", "created", "rate")])


@keys.command()
def revoke(name: Name) -> None:
    """Take a key back; a server that runs refuses it from then on."""
    remove_key(read_settings().api_keys_path, name)
    errors().print(f"{name} is revoked.", markup=False)
