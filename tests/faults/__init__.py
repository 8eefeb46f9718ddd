"""What must never happen: no half document, no lost handwork, whatever fails. Each test prints its figure."""
