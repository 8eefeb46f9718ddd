"""``python -m tests.sample_year [FOLDER]``: write the sample year, by default into inputs/2027/."""

import shutil
import sys
from pathlib import Path

from tests.sample_year.declared import write_declarations
from tests.sample_year.monthly import write_monthly_reports
from tests.sample_year.permits import write_procedures
from tests.sample_year.registers import write_registers
from tests.sample_year.sponsored import write_sponsored
from tests.sample_year.troubles import write_problems

FOLDERS = ("申报", "包联", "月报", "问题", "手续", "名册", "观摩", "储备库", "报送登记")


def write_year(folder: Path) -> None:
    """Write every ledger below ``folder``; what stood in the ledgers' folders before is removed."""
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    write_declarations(folder)
    write_sponsored(folder)
    write_monthly_reports(folder)
    write_problems(folder)
    write_procedures(folder)
    write_registers(folder)


if __name__ == "__main__":
    repository = Path(__file__).parents[2]
    write_year(Path(sys.argv[1]) if len(sys.argv) > 1 else repository / "inputs" / "2027")
