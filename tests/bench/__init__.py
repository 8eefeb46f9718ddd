"""Speed as ratios within one run; each prints its figures. Bounds are wide: a busy machine must not fail them."""
