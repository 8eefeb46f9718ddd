"""Inputs that were made to break the program, each built from code, with the verdict that is right for it.

``python -m tests.attacks`` prints the table: case, verdict, seconds, megabytes. ``GONGWEN_PROGRAM`` names another
``gongwen`` to try, as of an earlier version.
"""
