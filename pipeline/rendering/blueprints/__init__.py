"""The shipped templates, built from the house style; one module for each."""

from collections.abc import Mapping

from pipeline.rendering.blueprints import (
    briefing,
    dossier,
    plan,
    promotion,
    ranking,
    return_notice,
    statement,
)


def build_templates() -> Mapping[str, bytes]:
    """File name → bytes of every template; always the same bytes."""
    return {
        "计划.docx": plan.build(),
        "推进方案.docx": promotion.build(),
        "简报.docx": briefing.build(),
        "考核档案.docx": dossier.build(),
        "情况说明.docx": statement.build(),
        "考核报告.docx": ranking.build(),
        "退件通知.docx": return_notice.build(),
    }
