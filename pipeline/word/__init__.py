"""The only room that knows WordprocessingML: templates, the parts of a page, finishing, and what may stand in a package."""
