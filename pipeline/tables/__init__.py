"""Cells become tables: their heads, the roles of their rows, sections, totals, cards."""
