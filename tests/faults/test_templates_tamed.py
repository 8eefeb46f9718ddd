"""Typos, injections and bombs in templates: each found before anything is rendered."""

import random
import re
import time

import pytest

from pipeline.errors import TemplateError
from pipeline.word import template
from pipeline.word.environment import bounded
from pipeline.word.house_style import TABLE_TITLE, TITLE
from pipeline.word.ooxml import Cell, Section, Table, docx, paragraph
from pipeline.word.template import Template
from pipeline.word.template_check import sentences
from pipeline.word.time_limit import TimeLimit
from pipeline.word.vocabulary import Names
from tests.docx_reading import part, problems_of, small_template, text_of, with_part
from tests.example_counts import tries
from tests.papers.sample_facts import BLUEPRINTS
from tests.tasks.test_acceptance import REPOSITORY

NAMES: Names = {"title": "", "名称": "", "items": [{"name": "", "parts": [{"name": ""}]}]}
PLACE = re.compile(r"\{\{ ([一-龥A-Za-z.]{3,}) ?[|}]")

INJECTIONS = (
    "{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ [].__class__.__base__ }}",
    "{{ ().__class__.__bases__[0] }}", "{{ title.__init__.__globals__ }}", "{{ title['__class__'] }}",
    "{{ title|attr('__class__') }}", "{{ title|attr('\\x5f\\x5fclass\\x5f\\x5f') }}", "{{ title['\\u005f\\u005fclass__'] }}",
    "{{ title|attr(['_'*2,'class','_'*2]|join) }}", "{{ title[('_'~'_'~'class'~'_'~'_')] }}",
    "{{ cycler.__init__.__globals__.os }}", "{{ joiner.__init__.__globals__ }}", "{{ lipsum.__globals__ }}",
    "{{ lipsum|attr('__globals__') }}", "{{ namespace.__init__ }}", "{{ self._TemplateReference__context }}", "{{ self }}",
    "{{ config }}", "{{ config.items() }}", "{{ request.application }}", "{{ get_flashed_messages }}", "{{ url_for }}",
    "{{ '%s'|format(title.__class__) }}", "{{ '{0.__class__}'.format(title) }}", "{{ '%c%c'|format(95,95) }}",
    "{{ [title]|map('upper')|list }}", "{{ items|map(attribute='__class__')|list }}", "{{ items|select('defined') }}",
    "{{ items|sort(attribute='__class__') }}", "{{ items|groupby('__class__') }}", "{{ title|safe }}",
    "{{ title|tojson }}", "{{ title|pprint }}", "{{ title is defined }}", "{{ range(9) }}", "{{ dict(a=1) }}",
    "{{ title.upper() }}", "{{ title if title else items }}", "{{ items[0] }}", "{{ title[0:1] }}", "{{ {'a': 1} }}",
    "{{ [1, 2] }}", "{{ (1, 2) }}", "{{ 7*7 }}", "{{ 7~7 }}", "{{ -1 }}", "{{ 2**99 }}", "{{ lambda }}",
    "{% import 'os' as os %}", "{% from 'os' import x %}", "{% include '/etc/passwd' %}", "{% extends 'x' %}",
    "{% macro m() %}x{% endmacro %}", "{% call title() %}{% endcall %}", "{% set x = title.__class__ %}",
    "{% do title.x() %}", "{% with a = title %}{% endwith %}", "{% filter upper %}x{% endfilter %}",
    "{% block a %}{% endblock %}", "{% raw %}x{% endraw %}", "{% autoescape false %}x{% endautoescape %}",
    "{% if title.__class__ %}x{% endif %}", "{% for x in ().__class__.__mro__ %}{{ x }}{% endfor %}",
    "{% for x in items recursive %}{{ loop(x) }}{% endfor %}", "{% debug %}", "{% trans %}x{% endtrans %}",
    "{% for _ in items %}x{% endfor %}", "{{ loop.__class__ }}", "{{ caller }}", "{{ varargs }}",
)  # fmt: skip
BOMBS = (
    "{{ 'A' * 3000000000 }}", "{{ 9**9**9 }}", "{% for i in range(99999) %}x{% endfor %}",
    "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}", "{{ 'x'|center(999999999) }}",
    "{{ title.ljust(999999999) }}", "{{ '%999999999d'|format(1) }}", "{{ lipsum(n=99999) }}",
    "{% for a in items %}{% for b in items %}{% for c in items %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in items %}{% for b in items %}x{% endfor %}{% endfor %}",
    "{% for a in items %}{% for b in a.parts %}{% for c in a.parts %}{% for d in a.parts %}x{% endfor %}{% endfor %}"
    "{% endfor %}{% endfor %}",
)  # fmt: skip


def test_typos_in_the_shipped_templates_are_found() -> None:
    chance = random.Random(2027)
    shipped = {
        name: (REPOSITORY / "templates" / name).read_bytes()
        for name in sorted(BLUEPRINTS)
        if (REPOSITORY / "templates" / name).exists()
    }
    texts = {name: part(data).decode() for name, data in shipped.items()}
    places = [(name, found) for name, text in texts.items() for found in PLACE.finditer(text)]
    missed, near, count = [], 0, 0
    while count < tries(500):
        name, found = chance.choice(places)
        right = found.group(1)
        at = chance.randrange(len(right))
        wrong = chance.choice(
            [
                right[:at] + chance.choice("错项年A") + right[at + 1 :],
                right[:at] + right[at + 1 :],
                right[:at] + right[at] + right[at:],
            ]
        )
        if wrong == right:
            continue
        count += 1
        edited = texts[name][: found.start(1)] + wrong + texts[name][found.end(1) :]
        problems = problems_of(
            with_part(shipped[name], "word/document.xml", edited.encode()), name, BLUEPRINTS[name].names
        )
        if not problems:
            missed.append((name, right, wrong))
        near += any(problem.nearest for problem in problems)
    print(f"\n占位符错字{count}处：发现{count - len(missed)}处，提示相近名称{near}处")
    assert missed == []
    assert near == count


def test_published_injections_are_refused_before_rendering() -> None:
    through = [text for text in INJECTIONS if not problems_of(small_template(text), "测试.docx", NAMES)]
    print(f"\n模板注入写法{len(INJECTIONS)}种：检查时拒绝{len(INJECTIONS) - len(through)}种")
    assert through == []


HARMLESS = "{% raw %}x{% endraw %}"  # prints x, and nothing with braces


#: A name that a context does not have, or a list, compiles; then it stops the filling as any unknown name does.
@pytest.mark.parametrize("text", [text for text in INJECTIONS if text != HARMLESS])
def test_no_injection_gives_a_document(text: str) -> None:
    with pytest.raises(TemplateError):
        Template.compile(small_template(text), "测试.docx").render({"title": "甲", "items": [{"name": "乙"}]})


@pytest.mark.parametrize("text", BOMBS)
def test_bombs_are_refused_at_once(text: str) -> None:
    started = time.process_time()
    assert sentences(problems_of(small_template(text), "测试.docx", NAMES))
    with pytest.raises(TemplateError):
        Template.compile(small_template(text), "测试.docx")
    assert time.process_time() - started < 2


def test_a_part_that_grows_without_end_is_stopped() -> None:
    with pytest.raises(TemplateError, match="过大"):
        bounded("x" * 1024 * 1024 for _ in range(10**9))


def test_a_document_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = Template.compile(small_template("{{ title }}"), "测试.docx")
    monkeypatch.setattr(template, "TimeLimit", lambda: TimeLimit(0))
    with pytest.raises(TemplateError, match="无法填写：用时超过0秒"):
        compiled.render({"title": "甲"})


def test_a_text_far_too_long_for_a_title_stops_nothing() -> None:
    compiled = Template.compile(docx((Section("portrait", (paragraph(TITLE, "{{ title }}"),)),)), "测试.docx")
    started, long = time.process_time(), "重点项目建设工作" * 2000
    assert text_of(compiled.render({"title": long})) == long
    assert time.process_time() - started < 2


def test_a_fitted_block_longer_than_what_is_rendered_at_once_stays_whole() -> None:
    table = Table((4000,))
    built = table.build(table.when("for 项 in 项目"), table.row([Cell("{{ 项 }}", TABLE_TITLE)]), table.when("endfor"))
    compiled = Template.compile(docx((Section("portrait", (built,)),)), "测试.docx")
    items = [f"第{number}项<甲&乙>" for number in range(500)]
    assert text_of(compiled.render({"项目": items})).split() == items
