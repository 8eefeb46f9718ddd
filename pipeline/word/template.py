"""A template, compiled once and rendered many times."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.parsers.expat import ExpatError

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateError as JinjaError
from jinja2 import UndefinedError, nodes
from jinja2.exceptions import SecurityError
from lxml import etree

from pipeline.errors import Remedy, TemplateError
from pipeline.word.chart import Chart, chart_members, drawing, register
from pipeline.word.conservation import is_kept, words
from pipeline.word.environment import Sandbox, TooMuchError, sandbox, stretches
from pipeline.word.fit_blocks import BlockFitter, Unfit, mark_blocks, without_marks
from pipeline.word.fitting import fit
from pipeline.word.house_style import Style
from pipeline.word.namespaces import HEAD, W
from pipeline.word.package import Member, pack, unpack
from pipeline.word.placeholder_marks import never_printed
from pipeline.word.strict_xml import BrokenXmlError, parse_xml, part_bytes
from pipeline.word.style_names import house_styles
from pipeline.word.tag_language import is_foreign, loops_are_bounded
from pipeline.word.template_parts import TAGGED, AfterRules, WholePartError, jinja_source, parse_strictly, part_tree
from pipeline.word.template_safety import safe_members
from pipeline.word.time_limit import TimeLimit

_TAG = re.compile(r"\{\{|\{%|\{#")
_IN_MARKUP = re.compile(r"<[^<>{]*+(?:\{(?![{%])[^<>{]*+)*+\{[{%][^<>]*+>")
_CELLS = etree.XPath("//w:tc[not(*[last()][self::w:p])] | //w:tbl[not(w:tr)]", namespaces={"w": W})
# a tag that may leave a cell without its last paragraph, or a table without a row
_EMPTYING = re.compile(r"%\}\s*</w:tc>|(?:</w:tblGrid>|</w:tblPr>|<w:tblGrid/>)\s*\{%")
_MARKUP = re.compile(r"<[^<>]+>")
_MAIN = "word/document.xml"


@dataclass(frozen=True)
class Part:
    """A part with tags: its Jinja code, docxtpl's rules for its text, and whether a tag may empty a cell."""

    jinja: JinjaTemplate
    rules: AfterRules
    may_be_empty: bool


@dataclass(frozen=True)
class TemplateFile:
    """A template's package, opened and parsed, not yet compiled. ``reasons``: what makes it unsafe."""

    name: str
    data: bytes
    members: tuple[Member, ...]
    trees: Mapping[str, etree._Element]  # of the parts that may carry tags, by member
    reasons: tuple[str, ...]

    @classmethod
    def open(cls, data: bytes, name: str) -> "TemplateFile":
        """Raises TemplateError for what is no package of sound XML."""
        members = unpack(data, name)
        safe, reasons = safe_members(members, name)
        members = safe or members
        trees = {member.name: part_tree(member, name) for member in members if TAGGED.fullmatch(member.name)}
        return cls(name, data, tuple(members), trees, tuple(reasons))

    def compile(self) -> "Template":
        """TemplateError with a Chinese sentence for anything that cannot be used; marks the blocks of ``trees``."""
        if self.reasons:
            raise TemplateError(f"模板“{self.name}”{self.reasons[0]}。")
        environment, styles = sandbox(), house_styles(self.members)
        parts = {}
        for part, root in self.trees.items():
            mark_blocks(root, styles)
            source = jinja_source(root)
            if _TAG.search(source):
                parts[part] = Part(
                    _compiled(environment, source, self.name),
                    AfterRules.of(root, source, is_body=part == _MAIN),
                    bool(_EMPTYING.search(source)),
                )
            else:
                _refuse_leftovers([source], self.name)
        if _MAIN not in self.trees:
            raise TemplateError(f"模板“{self.name}”里没有正文，不是Word文档。")
        return Template(self.name, self.data, self.members, parts, styles)


@dataclass(frozen=True)
class Template:
    """A compiled template. ``name`` is what messages call it (the file name).

    To another process it goes as its file, which is compiled there once.
    """

    name: str
    data: bytes
    members: tuple[Member, ...]
    parts: Mapping[str, Part]
    styles: Mapping[str, Style]

    @classmethod
    def compile(cls, data: bytes, name: str) -> "Template":
        """Compile a .docx; TemplateError as ``TemplateFile.open`` and ``TemplateFile.compile``."""
        return TemplateFile.open(data, name).compile()

    def __reduce__(self) -> tuple[object, ...]:
        return _compiled_once, (self.data, self.name)

    def __dask_tokenize__(self) -> tuple[str, bytes]:
        """By which a cluster tells whether it was sent the same before."""
        return self.name, self.data

    def render(self, context: Mapping[str, object]) -> bytes:
        """The document's bytes; the same context always gives the same bytes. Raises as ``fill``."""
        return pack(self.fill(context))

    def fill(self, context: Mapping[str, object]) -> tuple[Member, ...]:
        """The document as an open package, for what is still to be settled on it.

        Raises TemplateError where a value is missing or cannot be printed, and where the tags leave a
        document that Word would not open.
        """
        limit = TimeLimit()
        charts = {key: value for key, value in context.items() if isinstance(value, Chart)}
        values: dict[str, object] = dict(context)
        for number, (key, chart) in enumerate(charts.items(), 1):
            values[key] = drawing(number, chart)
        rendered = {name: self._render_part(part, values, limit) for name, part in self.parts.items()}
        members = [
            Member(member.name, rendered[member.name]) if member.name in rendered else member for member in self.members
        ]
        used = {
            number: chart
            for number, chart in enumerate(charts.values(), 1)
            if f'r:id="rIdChart{number}"'.encode() in rendered.get(_MAIN, b"")
        }
        if used:
            members = [register(member, used) for member in members]
            members += [part for number, chart in used.items() for part in chart_members(number, chart)]
        return tuple(members)

    def _render_part(self, part: Part, values: Mapping[str, object], limit: TimeLimit) -> bytes:
        try:
            try:
                data = self._written(part.rules.in_passing(self._stretches(part, values, limit)))
            except WholePartError:
                data = self._written([self._text(part, values, limit)])
            parse_strictly(data)
        except Unfit:
            text = self._text(part, values, limit)
            data = self._fitted_whole((HEAD + without_marks(text)).encode("utf-8"))
            if not is_kept(words(text), words(data.decode("utf-8"))):
                raise TemplateError(f"模板“{self.name}”填写后排版时有文字丢失，没有生成文书。") from None
        except ExpatError as error:
            raise TemplateError(_broken(self.name)) from error
        if part.may_be_empty and _may_be_empty(data) and _CELLS(parse_xml(data)):
            raise TemplateError(f"模板“{self.name}”填写后有空的表格或单元格，请把条件标签放到表格之外。")
        return data

    def _stretches(self, part: Part, values: Mapping[str, object], limit: TimeLimit) -> Iterator[str]:
        """The part's text as Jinja gives it; the time that its user takes over a stretch counts with the next."""
        with self._explained(values):
            for stretch in stretches(part.jinja.root_render_func(part.jinja.new_context(dict(values)))):
                limit.keep()
                yield stretch
            limit.keep()

    def _text(self, part: Part, values: Mapping[str, object], limit: TimeLimit) -> str:
        text = "".join(self._stretches(part, values, limit))
        with self._explained(values):
            return part.rules.whole(text)

    @contextmanager
    def _explained(self, values: Mapping[str, object]) -> Iterator[None]:
        """What goes wrong while values are filled in, as a TemplateError that names the template."""
        try:
            yield
        except UndefinedError as error:
            raise TemplateError(f"模板“{self.name}”用到的名称没有值：{_undefined_name(error)}。") from error
        except TooMuchError as error:
            raise TemplateError(f"模板“{self.name}”无法填写：{error}，没有生成文书。") from error
        except TemplateError as error:
            where = missing_value(values)
            detail = f"“{where}”没有值" if where else str(error)
            raise TemplateError(f"模板“{self.name}”无法填写：{detail}。") from error
        except (JinjaError, SecurityError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise TemplateError(
                f"模板“{self.name}”无法填写：标签的用法与值不符，请查看该名称的内容。",
                Remedy.LIST_FIELDS,
            ) from error

    def _written(self, texts: Iterable[str]) -> bytes:
        """The part's bytes, its blocks fitted: what is no block is taken over letter for letter.

        A long table is held in the memory once, not once a step.
        """
        target = io.BytesIO(HEAD.encode())
        target.seek(0, io.SEEK_END)
        for text in self._fitter.fit(texts):
            target.write(text.encode("utf-8"))
        return target.getvalue()

    @cached_property
    def _fitter(self) -> BlockFitter:
        return BlockFitter(self.styles)

    def _fitted_whole(self, data: bytes) -> bytes:
        """A part whose blocks can't be fitted alone, such as a signature that a condition cuts in two."""
        try:
            root = parse_xml(data)
        except BrokenXmlError as error:
            raise TemplateError(_broken(self.name)) from error
        if fit(root, self.styles):
            return part_bytes(root)
        return data


@lru_cache(maxsize=32)
def _compiled_once(data: bytes, name: str) -> Template:
    return Template.compile(data, name)


def _broken(name: str) -> str:
    return f"模板“{name}”填写后结构不完整：请检查成对的标签是否在同一表格或同一段落层次。"


def _may_be_empty(data: bytes) -> bool:
    """Whether a cell may lack its paragraph or a table its rows; where not, no tree need be built."""
    cells = data.count(b"</w:tc>") - data.count(b"</w:p></w:tc>") - data.count(b"<w:p/></w:tc>")
    return bool(cells or data.count(b"</w:tbl>") - data.count(b"</w:tr></w:tbl>") or b"<w:tc/>" in data)


def _compiled(environment: Sandbox, source: str, name: str) -> JinjaTemplate:
    if _IN_MARKUP.search(source):
        raise TemplateError(f"模板“{name}”的占位符写在了文字以外的地方（如图片说明），请移到正文文字中。")
    try:
        tree = environment.parse(source)
        _refuse_foreign(tree, name)
        _refuse_leftovers([data.data for data in tree.find_all(nodes.TemplateData)], name)
        compiled: JinjaTemplate = environment.from_string(source)
    except JinjaError as error:
        raise TemplateError(
            f"模板“{name}”的标签有语法错误，请检查模板，看是哪一段。", Remedy.CHECK_TEMPLATES
        ) from error
    return compiled


def _refuse_foreign(tree: nodes.Template, name: str) -> None:
    """Only the language of tag_language may run: no calls, arithmetic, subscripts, assignments or imports."""
    if any(is_foreign(node) for node in tree.find_all(nodes.Node)):
        raise TemplateError(f"模板“{name}”的标签里有不允许的写法：只能写名称、条件、循环和列明的过滤器。")
    if not loops_are_bounded(tree):
        raise TemplateError(f"模板“{name}”循环里面的循环只能用外层循环的内容，而且不能过深。")


def _refuse_leftovers(texts: list[str], name: str) -> None:
    for text in texts:
        if mark := next(never_printed(_MARKUP.sub("\n", text)), ""):
            raise TemplateError(f"模板“{name}”有不成对、全角或不能填写的大括号：“{mark}”。")


def _undefined_name(error: UndefinedError) -> str:
    quoted = re.findall(r"'([^']*)'", str(error))
    return f"“{quoted[-1]}”" if quoted else str(error)


def missing_value(value: object, path: str = "") -> str:
    """The path of the first None in a context, for messages; ``""`` when there is none."""
    if value is None:
        return path
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if found := missing_value(inner, f"{path}.{key}" if path else str(key)):
                return found
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value, 1):
            if found := missing_value(inner, f"{path}第{number}项"):
                return found
    return ""
