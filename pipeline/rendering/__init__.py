"""The only room that knows Word: house style, the parts of a page, templates, charts, workbooks."""
