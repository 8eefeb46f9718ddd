"""A kind of paper is one module here: its facts, its wording, which papers it makes; ``paper_kinds`` lists them."""
