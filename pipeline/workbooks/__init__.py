"""The workbooks that we write: blank ledgers, the calendar, a project's ledger, marked returns."""
