"""Scores of K-20(3): evidence per project, parts per unit, ranking; every weight is the office's own."""
