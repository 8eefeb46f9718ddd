"""Which tests ``make quick`` leaves out: files and folders whose tests take more than some four seconds together.

They start programs, print pages with LibreOffice, kill commands, or try thousands of examples. A new file is quick until
it is listed here; ``pytest --durations=20`` tells what takes its time.
"""

SLOW = (
    "tests/bench/",
    "tests/faults/",
    "tests/tasks/",
    "tests/calendar/test_calendar.py",
    "tests/checks/test_memory_slips.py",
    "tests/cli/",
    "tests/docs/test_contributing.py",
    "tests/docs/test_readme_commands.py",
    "tests/ledgers/test_day_values.py",
    "tests/ledgers/test_ledgers_values.py",
    "tests/lint/test_lint_pages.py",
    "tests/outputs/test_corrected_on_the_page.py",
    "tests/outputs/test_pdf.py",
    "tests/papers/test_longest_cases.py",
    "tests/registers/test_register_exchanged.py",
    "tests/scoring/test_independent_figures.py",
    "tests/spreadsheets/test_reader_copies.py",
    "tests/spreadsheets/test_readers.py",
    "tests/tables/test_linear_patterns.py",
    "tests/tables/test_packages.py",
    "tests/tables/test_table_shape.py",
    "tests/word/test_docxtpl_equality.py",
    "tests/word/test_honest_packages.py",
    "tests/word/test_tampered_templates.py",
    "tests/workbooks/test_forms.py",
    "tests/workbooks/test_forms_returned.py",
    "tests/workspace/",
)
