"""Where the two measures contradict themselves or are silent: our decision on each, shown to the office."""

from dataclasses import dataclass

from pipeline.records.citation import Citation


@dataclass(frozen=True)
class Decision:
    """One contradiction and how the software reads it; both texts are for the office."""

    slug: str
    citations: tuple[Citation, ...]
    contradiction: str
    decision: str


DECISIONS: tuple[Decision, ...] = (
    Decision(
        "february-30",
        (Citation("B", 11),),
        "半月报第二次的时限是30日，二月没有30日。",
        "二月以当月最后一日（28日或29日）为下半月报时限，其他月份仍为30日。",
    ),
    Decision(
        "two-report-calendars",
        (Citation("B", 11), Citation("K", 10, 1)),
        "包联项目每月15日、30日各报一次，重点项目每月28日报一次，同一单位有两套时限。",
        "两套时限分别登记、分别判断：牵头包联项目的单位报半月报，牵头重点项目的单位报月报，"
        "既有包联项目又有重点项目的单位三次都报。",
    ),
    Decision(
        "deadline-day",
        (Citation("B", 11), Citation("K", 10, 1)),
        "“某日前”是否含当日，两个办法都没有说明。",
        "含当日，当日24时以前收到均为按时。",
    ),
    Decision(
        "deadline-on-day-off",
        (Citation("B", 11), Citation("K", 10, 1)),
        "报送期限遇周末或法定节假日是否顺延，两个办法都没有说明。",
        "条文写明了日期，默认不顺延，日程中注明当日为休息日；本办公室可在工作区设置中改为顺延到下一个工作日，"
        "迟报、缺报也随之按顺延后的日期判断。",
    ),
    Decision(
        "month-without-day",
        (Citation("B", 5), Citation("B", 9), Citation("K", 7, 1), Citation("K", 16), Citation("K", 20, 3)),
        "不少事项只写到月、季或年，没有写明日期；年初、年终也没有写明月份；8月开始的集中申报没有写截止日期。",
        "以当月、当季、当年最后一日为限，“11月份之前”以10月31日为限；年初列在1月，年终列在12月；"
        "集中申报只列开始的月份，不判断迟报、缺报。",
    ),
    Decision(
        "two-article-19",
        (Citation("K", 19), Citation("K", 19, second=True)),
        "重点办法有两个第十九条，前一个讲监督管理，后一个讲保障措施。",
        "引用后一个时注明“后一个”；条文序号不改动，以正式修订为准。",
    ),
    Decision(
        "monthly-or-quarterly",
        (Citation("K", 20), Citation("K", 20, 1), Citation("K", 20, 2)),
        "条首写月抽查、季通报，各项写月报送、季抽查，抽查情况又要在每月例会上报告。",
        "按各项执行：每月报送并登记报到时间，每季度抽查；通报按月编发，季度末另编季度通报。",
    ),
    Decision(
        "two-offices",
        (Citation("B", 6), Citation("B", 2), Citation("K", 5)),
        "包联办法通篇由重大办承办，其第六条却写重点办；重点办法由重点办承办。",
        "按同一个办公室处理，文书中的名称以工作区设置的编印单位为准。",
    ),
    Decision(
        "scoring-weights",
        (Citation("K", 20, 3),),
        "年终考核四个部分的分值写在另一个考核办法里，我们没有该办法。",
        "权重和折算由本办公室在工作区设置中自定，默认平均分配，并在每份考核材料中注明是本办公室设定。",
    ),
    Decision(
        "building-on-starts-before",
        (Citation("K", 8, 1),),
        "加快建设类“已于或能于当年前开工”，既可读作当年以前开工，也可能是“能于当年”之误；"
        "按后一种读法，当年开工的项目既合促进开工，又合加快建设。",
        "按条文字面：加快建设应在当年以前开工，当年开工的提醒改为促进开工，只提醒、不扣发文书；"
        "本办公室可在工作区设置[申报]的“加快建设的开工时间”中改为“当年或以前”，不再提醒。"
        "考核只看申报的开工时间：当年开工的考核开工，以前开工的考核复工。",
    ),
    Decision(
        "permits-of-which-projects",
        (Citation("B", 7), Citation("K", 6, 5), Citation("K", 20, 3)),
        "责任单位要协助完善立项及建设手续，手续办结又要评分，但没有写明哪些项目必须登记手续；"
        "竣工投产项目的建设手续一般已经办完，竣工验收又另有规定。",
        "重点项目在手续台账中一项也没有的，提醒补报；竣工投产项目和已报竣工的不提醒，登记了的照常计分。"
        "没有手续要办的，登记一项“不需办理”即不再提醒。",
    ),
    Decision(
        "co-units-none",
        (Citation("K", 9, 1),),
        "每个项目都要确定“相关协办单位”，但有的项目只涉及一个单位。",
        "协办单位、具体任务空白的提醒补填，不扣发文书；没有协办单位的填“无”，即不再提醒。",
    ),
    Decision(
        "team-departments",
        (Citation("B", 7),),
        "手续办理团队由“规划、国土、环保、发改、经信等涉及审批事项的部门”各出1人，"
        "列明的五个部门不一定都涉及，涉及的部门也不限于这五个。",
        "列明的五个部门都要作答：有审批事项的填一人，没有的填“不涉及”，空白的提醒补填并暂不编制推进方案；"
        "其他部门可另加列（如“住建部门人员”）或写在“其他部门人员”一列，照样读取、写入推进方案。",
    ),
    Decision(
        "reports-of-more-than-a-month",
        (Citation("K", 10, 1), Citation("K", 16)),
        "月报以外还要按季度、年度书面报送，有的单位用月报的表格报季度、半年或全年情况。",
        "标题自称季报、半年报、年报，或季度、半年、年度的报告、总结、情况的，不作月报登记和读取，写明月份收件也不作；"
        "标题写有“月报”的，或“年度”与月份写在一起的，仍是月报。确是月报的，改写标题后重新收件。",
    ),
    Decision(
        "sponsored-stage-stated",
        (Citation("B", 3), Citation("B", 6)),
        "包联项目分重大实施和重大前期，清单应报的各项中却没有写类型，类型由谁提出也不明确。",
        "清单中没有写明包联类型的提醒补填，不扣发文书；由本办公室在清单中填写也可。",
    ),
    Decision(
        "sponsored-once-settled",
        (Citation("B", 5), Citation("B", 7), Citation("B", 8)),
        "次年包联项目逐月报送、11月份之前研究确定，清单却没有一栏写明哪些只是拟报、哪些已经确定，"
        "手续办理团队、工作清单和推进方案从何时起应有也不明确。",
        "清单增加“状态”：填“拟包联”的只作为建议登记，不要求团队、工作清单、半月报和推进方案，确定后改为“已确定”再要求；"
        "没有填写的（如以前的清单）按已确定处理。状态以本办公室自己的清单为准，单位报来的不改变它。"
        "各单位每月报送按收到的月份登记，没有新增的单位不判缺报。",
    ),
    Decision(
        "linked-leaders",
        (Citation("K", 11, 2),),
        "每个重点项目都要明确到具体的联系领导，但没有写明由谁提出、何时确定，包联项目是否另定也不明确。",
        "申报台账增加“联系领导”，由各单位或本办公室填写，不一致的以本办公室自己的台账为准；"
        "包联项目以包联领导为联系领导，不另填。没有写明的只作建议提示，不扣发文书。",
    ),
    Decision(
        "inclusive-thresholds",
        (Citation("B", 3), Citation("K", 2)),
        "“以上”是否含本数，两个办法都没有说明。",
        "含本数；以未经四舍五入的数判断，9999.995万元低于1亿元。",
    ),
)
