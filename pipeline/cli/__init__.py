"""The command line: parse, call one function, print, exit code. Everything a user sees is Chinese."""

from pipeline.cli.commands import main

__all__ = ["main"]
