"""Texts that try to become something else: markup, scripts, templates, formulas, addresses, invisible characters."""

from __future__ import annotations

__all__ = ["PAYLOADS"]

PAYLOADS = (
    '<img src=x onerror="window.__ran=1">',
    "</script><script>window.__ran=2</script>",
    '"\'><svg onload="window.__ran=3">',
    "<!--<script>window.__ran=4</script>",
    "{{7*7}}{% raw %}{{config}}",
    "javascript:window.__ran=5",
    "\u2028\u2029\u202e\x00\x1bred",
    "';window.__ran=6;//",
    "${window.__ran=7}`",
    "</title></style></textarea><script>window.__ran=8</script>",
    '=HYPERLINK("https://evil.example.org","x")',
)
