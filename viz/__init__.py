"""pyvis over `graph`: subgraphs that one can explore, served or saved as one file, with the evidence in hand."""

__all__ = ["Network"]


def __getattr__(name: str) -> object:
    # Not imported above: pyvis takes a third of a second, and commands that draw nothing import this package.
    if name == "Network":
        from viz.network import Network

        return Network
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
