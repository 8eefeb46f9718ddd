"""Blank ledgers for the units: which sheets, which columns, what is known already; no word of spreadsheets here."""
