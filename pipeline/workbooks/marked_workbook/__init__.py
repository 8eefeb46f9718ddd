"""A unit's own workbook with its mistakes marked: patched inside the package, everything else copied as it lies.

Loading and saving with a spreadsheet library loses what it does not know (data bars, text boxes, header pictures,
rich text, cached values) and takes many times as long. Here only the parts that must change are touched.
"""

from pipeline.workbooks.marked_workbook.entry import Entry, UnmarkableError
from pipeline.workbooks.marked_workbook.marking import Returned, mark_workbook
from pipeline.workbooks.marked_workbook.own_workbook import findings_workbook

__all__ = ["Entry", "Returned", "UnmarkableError", "findings_workbook", "mark_workbook"]
