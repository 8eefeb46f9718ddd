"""Tables become records: one module a ledger kind, its fields and what their words mean."""
