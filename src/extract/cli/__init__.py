"""The command line: one command a stage, and the only package that prints."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command; see `extract.cli.app.main`."""
    # Loaded when it is called: a worker process loads the module that its parent was started with, and no more of it.
    from extract.cli.app import main as run

    run(arguments)


__all__ = ["main"]
