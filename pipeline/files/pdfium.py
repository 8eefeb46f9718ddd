"""The one lock of pdfium, which serves one thread at a time in a process: hold it while a document of it is open."""

from threading import RLock

PDFIUM = RLock()
