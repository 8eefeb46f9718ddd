"""Judgement: rules over the ledgers, each under its provision."""
