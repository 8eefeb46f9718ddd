"""The law as reviewed, dated, declarative data: no judgement."""
