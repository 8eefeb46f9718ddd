"""Tests of the project office's documents, and the sample year they run on."""
