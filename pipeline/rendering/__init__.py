"""The only room that knows Word: house style, blueprints, templates, charts, workbooks."""
