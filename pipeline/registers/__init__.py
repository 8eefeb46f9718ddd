"""The office's memory: the chained book of receipts, and what is kept beside it."""
