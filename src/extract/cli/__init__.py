"""The command line: one command a stage, and the only package that prints."""

from extract.cli.app import app, main

__all__ = ["app", "main"]
