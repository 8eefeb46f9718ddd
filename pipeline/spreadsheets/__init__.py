"""Bytes become cells: the guard, the limited process, two readers that must agree, and all that a person sees of a value."""
