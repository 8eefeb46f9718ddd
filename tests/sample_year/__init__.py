"""The invented sample year: 72 projects of 14 units, written as workbooks that differ as real ones do.

``python -m tests.sample_year`` writes inputs/2027/ anew; the same bytes each time. ``projects.csv`` is the truth,
``mistakes.py`` the one list of what is wrong on purpose.
"""
