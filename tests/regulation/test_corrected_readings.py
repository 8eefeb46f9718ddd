"""Articles that were read wrongly once: whose duty they are, and what the office may choose where they leave a doubt."""

import pytest

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.level import OFFICE
from pipeline.regulation import key_projects, sponsorship
from pipeline.regulation.calendar_terms import TASKS, UNITS
from pipeline.regulation.decisions import DECISIONS
from pipeline.regulation.ledger_duties import LEDGER_DUTIES
from pipeline.regulation.provision import Provision


@pytest.mark.parametrize(
    ("slug", "articles", "doubt", "choice"),
    [
        ("building-on-starts-before", "K-8(1)", "也可能是“能于当年”之误", "设置[申报]的“加快建设的开工时间”"),
        ("permits-of-which-projects", "B-7 K-6(5) K-20(3)", "没有写明哪些项目必须登记", "登记一项“不需办理”"),
        ("co-units-none", "K-9(1)", "有的项目只涉及一个单位", "没有协办单位的填“无”"),
        ("team-departments", "B-7", "不一定都涉及", "没有的填“不涉及”"),
        ("reports-of-more-than-a-month", "K-10(1) K-16", "用月报的表格报季度", "改写标题后重新收件"),
        ("sponsored-stage-stated", "B-3 B-6", "类型由谁提出也不明确", "由本办公室在清单中填写也可"),
        ("sponsored-once-settled", "B-5 B-7 B-8", "从何时起应有也不明确", "以本办公室自己的清单为准"),
        ("linked-leaders", "K-11(2)", "没有写明由谁提出", "以本办公室自己的台账为准"),
    ],
)
def test_a_choice_states_its_doubt_and_the_office_s_way(slug: str, articles: str, doubt: str, choice: str) -> None:
    (decision,) = (each for each in DECISIONS if each.slug == slug)
    assert " ".join(citation.code for citation in decision.citations) == articles
    assert doubt in decision.contradiction
    assert choice in decision.decision


def test_november_is_the_office_s_term_and_every_month_the_units() -> None:
    """B-5: the office puts next year's projects to the group before November; a unit sends its list month by month."""
    terms = {task.provision.slug: task for task in TASKS if task.provision.citation.code == "B-5"}
    assert terms["next-year-proposed"].who == OFFICE
    assert terms["sponsored-proposed"].who == UNITS
    told = [duty.due for duty in LEDGER_DUTIES] + [kind.who_when for kind in LEDGER_KINDS]
    assert not [each for each in told if "11月" in each]
    (monthly,) = (duty.due for duty in LEDGER_DUTIES if duty.ledger == "sponsorship" and not duty.monthly)
    assert "逐月报送" in monthly


def test_projects_are_added_as_they_mature_to_the_sponsored_list_alone() -> None:
    """B-5, and K-7(3) for the plan of key projects."""
    ripe = {duty.ledger for duty in LEDGER_DUTIES if "成熟一个" in duty.due}
    ripe |= {kind.slug for kind in LEDGER_KINDS if "成熟一个" in kind.who_when}
    assert ripe == {"sponsorship"}


def test_no_permit_is_asked_for_by_the_article_on_institutions() -> None:
    """K-15 speaks of five institutions, K-6(5) of permits."""
    provisions = [
        each for module in (key_projects, sponsorship) for each in vars(module).values() if isinstance(each, Provision)
    ]
    assert not [each.slug for each in provisions if each.citation.code.startswith("K-15")]
    assert {each.slug for each in provisions if each.citation.code == "K-6(5)"} == {"permit-overdue", "permits-known"}
