"""Where documents go: whole files or none, and never over a person's work."""
