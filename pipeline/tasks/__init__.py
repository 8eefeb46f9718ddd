"""One use case a command: the only rooms that know the order of the work, the day and the disk."""
