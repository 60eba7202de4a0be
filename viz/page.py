"""Pages from templates that escape everything, each with a policy that lets nothing run but our own files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from viz.files import PAGE_SCRIPTS, PAGE_STYLES, VIEW_SCRIPTS, VIEW_STYLES, Asset, asset
from viz.payload import as_script
from viz.rows import entity_rows, line_rows, step_rows

__all__ = ["SERVED_POLICY", "render", "saved_page", "served_view"]

_ALWAYS: Final = "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"


def _policy(scripts: str, styles: str, connect: str, forms: str) -> str:
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; connect-src {connect}; "
        f"form-action {forms}; {_ALWAYS}"
    )


SERVED_POLICY: Final = _policy("'self'", "'self'", "'self'", "'self'") + "; frame-ancestors 'none'"
"""For pages of a server: files and replies of its own, and nothing that stands in a page."""


def saved_page(payload: Mapping[str, Any]) -> str:
    """A view as one file: scripts and styles stand in it, and their hashes in its policy; it reaches nothing."""
    scripts, styles = _named(VIEW_SCRIPTS), _named(VIEW_STYLES)
    policy = _policy(
        " ".join(one.source for one in scripts), " ".join(one.source for one in styles), "'none'", "'none'"
    )
    return _view(payload, api=None, save=None, policy=policy, scripts=_inside(scripts), styles=_inside(styles))


def served_view(payload: Mapping[str, Any], *, api: str, save: str) -> str:
    """A view as a page of a server, to be sent with `SERVED_POLICY`.

    `api` is where more can be asked for, `save` the address of the same as one file.
    """
    scripts, styles = _linked(_named(VIEW_SCRIPTS)), _linked(_named(VIEW_STYLES))
    return _view(payload, api=api, save=save, policy=None, scripts=scripts, styles=styles)


def render(template: str, *, scripts: Sequence[str] = PAGE_SCRIPTS, **values: Any) -> str:
    """Another page of a server; its scripts only help those who type."""
    return _render(
        template,
        api=None,
        policy=None,
        scripts=_linked(_named(scripts)),
        styles=_linked(_named(PAGE_STYLES)),
        **values,
    )


def _view(payload: Mapping[str, Any], **values: Any) -> str:
    return _render(
        "view.html",
        title=payload["title"],
        data=as_script(payload),
        entities=entity_rows(payload),
        relationships=line_rows(payload),
        steps=step_rows(payload),
        **values,
    )


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("viz", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _named(names: Sequence[str]) -> list[Asset]:
    return [asset(name) for name in names]


def _inside(those: Sequence[Asset]) -> list[dict[str, Any]]:
    # What stands in a script is no data: the files are our own, and `asset` sees that they close nothing.
    return [{"href": None, "text": Markup(one.text)} for one in those]  # noqa: S704


def _linked(those: Sequence[Asset]) -> list[dict[str, Any]]:
    return [{"href": one.address, "text": None} for one in those]
