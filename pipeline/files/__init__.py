"""How files and folders of others are looked at: within limits, and with a reason where they can't be."""
