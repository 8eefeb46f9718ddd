"""Plausible contexts for every kind of document, made from the vocabulary that templates are checked against."""

from collections.abc import Mapping
from decimal import Decimal

from pipeline.papers import assessment, briefing, plan, promotion, return_notice
from pipeline.records.field_catalogue import CLASSES, SECTORS, TEAM_DEPARTMENTS
from pipeline.records.money import Figure
from pipeline.rendering.chart import Chart
from pipeline.rendering.vocabulary import Context, Names

UNITS = ("区住房和城乡建设局", "区工业和信息化局", "区交通运输局", "白云街道办事处", "区教育局", "青山镇", "区农牧水务局",
         "区卫生健康委员会", "高新产业园区管理委员会", "友谊街道办事处", "区文化和旅游局", "区商务局")  # fmt: skip

_TEXTS: Mapping[str, str] = {
    "区名": "示例区",
    "区委": "中共示例区委员会",
    "区政府": "示例区人民政府",
    "办公室": "示例区重大项目领导小组办公室",
    "年度": "2027",
    "成文日期": "2027年3月31日",
    "印发日期": "2027年1月15日",
    "发文字号": "示党发〔2027〕1号",
    "主送机关": "各街道、镇，区属各部门、各单位",
    "抄送机关": "市委办公室、市人民政府办公室、市发展和改革委员会，区人大常委会办公室、区政协办公室、区人民法院、区人民检察院",
    "印发机关": "中共示例区委办公室",
    "简报名称": "重大项目包联工作简报",
    "报": "区委、区人大常委会、区政府、区政协主要领导",
    "送": "区重大项目领导小组成员，各责任单位主要负责人",
    "项目业主": "示例新材料有限公司",
    "业主单位": "示例新材料有限公司",
    "具体选址": "高新园区纬四路以南、经七路以东",
    "主要建设内容和规模": "新建标准厂房12000平方米、研发中心3000平方米，购置生产设备36台（套），配套建设道路、管网和绿化工程",
    "建设任务": "年内完成主体工程并开始设备安装",
    "建设年限": "2026年3月—2028年10月",
    "进度目标": "完成主体封顶，开始设备安装",
    "形象进度": "3号、4号厂房主体封顶，室外管网完成60%",
    "资金来源": "企业自筹、银行贷款",
    "责任单位": "区住房和城乡建设局",
    "协办单位": "区发改局、区财政局",
    "责任人": "张某某",
    "经办人": "李某",
    "核减原因": "上月多报设备购置款",
    "包联领导": "王某某",
    "姓名": "王某某",
    "职务": "区委常委、副区长",
    "分管行业": "工业、能源、商贸流通",
    "分管领导": "赵某",
    "责任科室": "项目管理科",
    "联络员": "钱某某",
    "具体任务": "办理施工许可，协调解决临时用电和渣土清运",
    "所属行业": "工业",
    "批次": "加快建设",
    "包联类型": "重大实施",
    "责任地区": "高新产业园区",
    "项目进展": "已完成土地平整和桩基施工，主体结构施工至三层，累计完成投资占总投资的三成",
    "推进事项": "协调自然资源部门落实二期用地指标；协调供电部门提前实施10千伏专线",
    "手续名称": "建设工程施工许可",
    "办理部门": "区住房和城乡建设局",
    "办理状态": "办理中",
    "计划办结时间": "2027年4月20日",
    "计划开工时间": "2027年3月",
    "问题内容": "二期用地指标尚未落实，地块内有三户未签订拆迁协议",
    "问题类型": "土地",
    "处理层级": "区重大办",
    "解决方式": "由区重大办召集自然资源、属地街道专题协调，分类签订协议",
    "解决步骤": "先核定补偿标准，再逐户签约，最后组织拆除和净地交付",
    "解决时限": "2027年5月31日",
    "存在问题": "二期用地指标尚未落实",
    "台账所载问题": "二期用地指标尚未落实，影响施工组织",
    "工作内容": "完成主体结构封顶并通过分部验收",
    "完成时限": "2027年4月30日",
    "月份": "4月",
    "进度比较": "超时间进度3.2个百分点",
    "上月比较": "本月完成投资比上月增加2.35亿元，增长18.4%",
    "当月计划比较": "完成当月计划的96.2%，少完成0.42亿元",
    "尾差说明": "文中亿元数按四舍五入保留两位小数，加快建设类总投资按尾差规则调整0.01亿元",
    "部门": "规划",
    "部分": "固定资产投资",
    "依据": "当年计划投资158300万元，已完成142100万元，完成率89.8%",
    "权重说明": "各部分权重由本办公室设定，本年度平均分配，没有考核对象的部分不计权重",
    "折算说明": "以80分为基准，每高（低）1分折算加（减）0.1分，最多5分，该办法由本办公室设定",
    "扣分说明": "迟报一次扣0.2分，缺报一次扣0.5分，标准由本办公室设定",
    "表彰说明": "总分不低于85分且名次在前3位的单位列为拟表彰单位，条件由本办公室设定",
    "折算分": "+0.94",
    "名次": "2",
    "开竣工": "应开工，2027年4月已开工",
    "手续": "应办5件，办结4件",
    "报表": "3月月报",
    "应报日期": "2027年3月28日",
    "收到时间": "2027年3月28日16时20分",
    "结果": "按时",
    "事由": "5月月报迟报一次",
    "未完成事项": "当年计划投资",
    "计划": "120000万元",
    "实际": "98000万元",
    "差额": "22000万元",
    "原因": "上报数据待核",
    "项目": "稀土新材料产业园一期项目、中心城区道路改造工程",
    "节号": "一",
    "观摩评分": "88.5",
    "期间": "2027年3月",
    "位置": "区住建局2027年3月项目月报.xlsx 3月 E7",
    "问题": "“本月完成投资”不是规范的数字",
    "怎样修改": "请核对后改填本月完成投资（万元）",
    "分类": "项目月报3条、问题台账1条",
    "报回时限": "2027年4月2日",
}
_NUMBERS: Mapping[str, Decimal] = {
    "完成率": Decimal("54.3"),
    "时间进度": Decimal("25.0"),
    "手续办结率": Decimal("76.9"),
    "权重": Decimal("25.0"),
}
_MONEY = (
    "总投资",
    "已累计完成投资",
    "当年计划投资",
    "本月完成投资",
    "本年累计完成投资",
    "剩余投资",
    "当月计划投资",
)
_SCORES = ("得分", "加权得分", "总分", "四部分得分", "最高分", "最低分", "平均分", "扣分合计", "分值", "扣分", "开复工竣工",
           "固定资产投资", "手续办结", "现场观摩")  # fmt: skip


def plain_value(name: str, serial: int) -> object:
    """A value for a plain name; ``serial`` makes the entries of a list differ."""
    if name == "完成率图":
        rates = tuple(Decimal(80 - index * 6) + Decimal("0.5") for index in range(len(UNITS)))
        return Chart(UNITS, rates, Decimal("41.7"))
    if name == "序号":
        return serial
    if name in ("期号", "总期号", "月份", "下月"):
        return 3
    if name == "项目名称":
        return f"稀土新材料产业园基础设施配套工程第{serial}期项目"
    if name == "责任单位":
        return UNITS[serial % len(UNITS)]
    if name == "有报送登记":
        return True
    if name in ("全部持平", "领先末位并列"):
        return False
    if name in _NUMBERS:
        return _NUMBERS[name] + serial
    if name in _MONEY:
        return Figure.of(Decimal(41260 + 1234 * serial) + Decimal("0.5") * (serial % 2))
    if name in _SCORES:
        return Decimal("87.25") - serial
    if name in _TEXTS:
        return _TEXTS[name]
    return 12 + serial  # counts


def _entries(name: str, shape: object, size: int) -> list[object]:
    values = [build(shape, size, serial) if isinstance(shape, Mapping) else plain_value("项目名称", serial)
              for serial in range(1, size + 1)]  # fmt: skip
    choices = {
        "各批": CLASSES,
        "分批项目": CLASSES,
        "项目表": CLASSES,
        "各行业": SECTORS,
        "手续团队": TEAM_DEPARTMENTS,
    }
    if name in choices and isinstance(shape, Mapping):
        label = {"各行业": "所属行业", "手续团队": "部门"}.get(name, "批次")
        count = 2 if name == "各行业" and size < 4 else len(choices[name])
        values = [
            {**build(shape, size, number), label: choice}
            | ({"节号": "一二三四"[number - 1]} if "节号" in shape else {})
            for number, choice in enumerate(choices[name][:count], 1)
        ]
    return values


def build(names: object, size: int, serial: int = 0) -> dict[str, object]:
    """A context for ``names``; every list has ``size`` entries (the four classes and sectors their own)."""
    assert isinstance(names, Mapping)
    context: dict[str, object] = {}
    for name, shape in names.items():
        if isinstance(shape, Mapping):
            context[name] = build(shape, size, serial)
        elif isinstance(shape, list):
            context[name] = _entries(name, shape[0], size)
        else:
            context[name] = plain_value(name, serial)
    return context


def sample(names: Names, size: int = 3) -> Context:
    """A context as a document module would give it."""
    context = build(names, size)
    if "简报名称" in context:
        context["月份"], context["下月"] = 3, 4
    return context


TEMPLATES: Mapping[str, Names] = {
    "计划.docx": plan.NAMES,
    "推进方案.docx": promotion.NAMES,
    "简报.docx": briefing.NAMES,
    "考核档案.docx": assessment.DOSSIER_NAMES,
    "情况说明.docx": assessment.STATEMENT_NAMES,
    "考核报告.docx": assessment.RANKING_NAMES,
    "退件通知.docx": return_notice.NAMES,
}
