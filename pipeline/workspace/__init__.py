"""A workspace's folders, and the office's own choices in inputs/office.toml."""

from pipeline.workspace.folders import Workspace
from pipeline.workspace.office_toml import load_settings

__all__ = ["Workspace", "load_settings"]
