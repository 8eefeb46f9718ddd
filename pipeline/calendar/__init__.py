"""Provisions and a year become dated duties, and what came late."""
