"""Workbooks in, records out. Reading decides shape; judgement is left to the checks."""
