"""What `make bench` runs: loading, named queries, memory and starting, as ratios within one run."""

from __future__ import annotations
