"""The nouns: frozen dataclasses, no reading, no judgement."""
