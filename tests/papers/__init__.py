"""Tests of the kinds of paper: what each says, whom it is asked for, when it is held back."""
