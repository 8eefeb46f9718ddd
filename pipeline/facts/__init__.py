"""What checks, scoring and papers all ask of a year: one index, its soundness, its sums."""
