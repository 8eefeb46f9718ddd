"""One module for each kind of document: which records, in which context."""
