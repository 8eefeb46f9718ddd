"""What a record holds for a field of the catalogue: where its attribute is called otherwise, and where it keeps several."""

from collections.abc import Mapping

from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.pairing import ProcedureTeam
from pipeline.records.project import Declaration
from pipeline.records.record import Record

PAPERS = (fields.PAPER_REPORT, fields.PAPER_STUDY, fields.PAPER_APPROVAL, fields.PAPER_LICENCE)
TEAM = (
    fields.TEAM_PLANNING, fields.TEAM_LAND, fields.TEAM_ENVIRONMENT, fields.TEAM_REFORM, fields.TEAM_INDUSTRY,
)  # fmt: skip

# Where a record's attribute is not called like its field
_ATTRIBUTES: Mapping[tuple[str, str], str] = {
    ("declaration", "build_span"): "span",
    ("sponsorship", "build_span"): "span",
    ("sponsorship", "lead_unit"): "lead_units",
    ("sponsorship", "sponsor_stage"): "stage",
    ("sponsorship", "sponsor_state"): "state",
    ("node", "node_work"): "work",
    ("node", "node_due"): "due",
    ("node", "node_investment"): "investment",
    ("problem", "problem_kind"): "kind",
    ("problem", "problem_state"): "state",
    ("procedure", "permit_office"): "office",
    ("procedure", "permit_state"): "state",
    ("procedure", "permit_due"): "due",
    ("procedure", "permit_done"): "done",
    ("procedure", "permit_person"): "person",
    ("unit", "unit_name"): "name",
    ("unit", "unit_leader"): "leader",
    ("reserve", "reserve_stage"): "stage",
    ("reserve", "reserve_paper"): "paper",
    ("reserve", "reserve_exit"): "exit",
    ("receipt", "report_month"): "month",
}


def value_of(record: Record, field: Field) -> object:
    """What a record holds for a field."""
    if isinstance(record, Declaration) and field in PAPERS:
        return record.papers[PAPERS.index(field)]
    if isinstance(record, ProcedureTeam) and field in TEAM:
        return record.persons[TEAM.index(field)]
    if isinstance(record, ProcedureTeam) and field is fields.TEAM_OTHER:
        return "；".join(f"{department}：{'、'.join(persons)}" for department, persons in record.others)
    name = _ATTRIBUTES.get((record.ledger, field.slug), field.slug)
    # A column that no record keeps is judged by what stands in its cell.
    return getattr(record, name, record.source.seen(field))
