"""What the papers about the program say is true of the program."""
