"""click's own words, in Chinese."""

import contextlib
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from pipeline.cli import unforeseen
from pipeline.cli.next_steps import command_name, next_step
from pipeline.cli.remedies import worded
from pipeline.cli.stopping import stopping
from pipeline.cli.terminal import say, screen_width, wrapped
from pipeline.errors import BusyError, GongwenError
from pipeline.records.text_width import shown_width

EXIT_FOUND_ERRORS = 1
EXIT_COULD_NOT = 2
EXIT_BUSY = 3


def _explain(error: click.ClickException) -> str:
    """A Chinese sentence for a mistake on the command line."""
    if isinstance(error, click.NoSuchOption):
        hint = f"，是否为{'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项“{error.option_name}”{hint}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项“{error.option_name}”后面缺少内容"
    if isinstance(error, click.BadParameter) and error.param and error.ctx:
        name = error.param.make_metavar(error.ctx)
        if isinstance(error, click.MissingParameter):
            return f"缺少参数{name}，写法见“gongwen {command_name(error.ctx)} --help”"
        return f"{name}{_permitted(error.param.type)}"
    return "命令写法有误：参数多了或少了，加--help查看写法"


def _permitted(kind: "click.ParamType[Any]") -> str:
    """What may be written, after the name of the option or argument."""
    if isinstance(kind, click.Choice):
        return f"应为{'、'.join(kind.choices)}之一"
    if isinstance(kind, click.IntRange):
        return f"应为{kind.min}至{kind.max}的整数"
    return "不正确"


def _option_row(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    """The option and its help, without click's own note on the range such as ``[2017<=x<=2099]``."""
    row = option.get_help_record(ctx)
    return (row[0], row[1].partition("  [")[0]) if row else None


def _write_section(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]], width: int = 0) -> None:
    """Two columns, aligned by what a terminal shows: the first at least ``width`` wide."""
    width = max(width, *(shown_width(first) for first, _ in rows))
    indent = " " * (width + 4)
    lines = [
        wrapped(f"  {first}{' ' * (width - shown_width(first))}  {second}", screen_width(), indent)
        for first, second in rows
    ]
    formatter.write(f"\n{title}：\n" + "\n".join(lines) + "\n")


class _ChineseHelp:
    """Help pages with Chinese headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]  # click.Command has it
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]  # click.Command has it
        _write_section(formatter, "选项", [row for p in options if (row := _option_row(p, ctx))])
        if isinstance(self, ChineseGroup):
            width = max(map(len, self.list_commands(ctx)))
            for title, rows in self.sections(ctx):
                _write_section(formatter, title, rows, width)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]  # click.Command has it
        if option is not None:
            option.help = "显示本说明"
        return option


class ChineseCommand(_ChineseHelp, click.Command):
    """A command whose help is Chinese; it ends with what usually comes next."""

    def invoke(self, ctx: click.Context) -> Any:
        code = super().invoke(ctx)
        if step := next_step(ctx, code):
            click.echo(f"\n{step}")
        return code

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [piece.replace("[OPTIONS]", "[选项]") for piece in super().collect_usage_pieces(ctx)]


class ChineseGroup(_ChineseHelp, click.Group):
    """The group of commands; turns every foreseen trouble into one Chinese sentence and an exit code."""

    command_class = ChineseCommand
    group_class = type

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[选项]", "命令", "[参数]…"]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which they are written, which is that of the work

    def sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        """For the help page: each part's title, and its commands with one sentence on each."""
        return [
            (
                "命令",
                [(name, self.commands[name].get_short_help_str(100)) for name in self.list_commands(ctx)],
            )
        ]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            from pipeline.records.nearest import CHOICE, perhaps  # not for a command that is there

            hint = perhaps(args[0], known, CHOICE)
            raise GongwenError(f"没有命令“{args[0]}”{hint}。用“gongwen --help”查看全部命令")
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override]  # click overloads it by standalone_mode
        self, args: Sequence[str] | None = None, **extra: Any
    ) -> Any:
        """Run and exit; a nested call with ``standalone_mode=False`` lets exceptions through."""
        if not extra.pop("standalone_mode", True):
            return super().main(args=args, standalone_mode=False, **extra)
        try:
            with stopping():
                code = super().main(args=args, standalone_mode=False, **extra)
                sys.stdout.flush()  # here it can still be said that it fails
        except click.exceptions.Abort:
            click.echo("已中止。", err=True)
            sys.exit(EXIT_COULD_NOT)
        except click.exceptions.NoArgsIsHelpError as help_page:
            click.echo(help_page.message)
            sys.exit(EXIT_COULD_NOT)
        except click.ClickException as error:
            say(f"{_explain(error)}。", err=True)
            sys.exit(EXIT_COULD_NOT)
        except GongwenError as error:
            say(worded(str(error), error.remedy), err=True)
            sys.exit(EXIT_BUSY if isinstance(error, BusyError) else EXIT_COULD_NOT)
        except BrokenPipeError:  # whoever reads along has seen enough
            unforeseen.give_up_output()
            sys.exit(EXIT_FOUND_ERRORS)
        except OSError as problem:
            _stop(unforeseen.of_the_disk(problem))
        except Exception as problem:  # noqa: BLE001 - the last place where it can be put into words
            _stop(unforeseen.of_the_program(problem))
        sys.exit(code if isinstance(code, int) else 0)


def _stop(sentence: str) -> NoReturn:
    unforeseen.give_up_output()
    with contextlib.suppress(OSError):
        say(f"{sentence}。", err=True)
    sys.exit(EXIT_COULD_NOT)
