"""From a file that a unit sent to its archive copy, its working copy and its line in the register."""

from pipeline.receiving.desk import Told
from pipeline.receiving.receive import receive
from pipeline.receiving.taking import Received

__all__ = ["Received", "Told", "receive"]
