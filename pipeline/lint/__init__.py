"""Checks a finished .docx, ours or not, against GB/T 9704-2012; changes nothing."""
