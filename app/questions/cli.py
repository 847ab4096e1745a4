"""``flask bank import`` and ``flask bank export``."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.organisation import queries as organisation
from app.questions import exporting, importing, queries, services
from app.questions.importing import Understood
from question_bank.formats import FileUnreadable, names
from question_bank.formats.refusals import too_large
from question_bank.problems import place

bank = AppGroup("bank", help="Question banks.")

#: What the contract promises for a file that cannot be read.
UNREADABLE = 2


@bank.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--bank", "bank_name", required=True, help="Name of the bank; made if missing.")
@click.option("--format", "format_", type=click.Choice(names()), help="Default: by content.")
@click.option("--dry-run", is_flag=True, help="Say what was understood and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(file: Path, bank_name: str, format_: str | None, dry_run: bool, as_json: bool) -> None:
    """Import the questions of FILE into a bank."""
    try:
        if file.stat().st_size > importing.MOST_BYTES:
            raise too_large(file.stat().st_size)
        found, again = _import(file, bank_name, format_, dry_run)
    except FileUnreadable as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(UNREADABLE)
    except DomainError as refused:
        raise click.ClickException(str(refused)) from refused
    if as_json:
        click.echo(json.dumps(found.report(dry_run=dry_run), ensure_ascii=False, indent=1))
        return
    _summary(found, dry_run, again)


def _import(
    file: Path, bank_name: str, format_: str | None, dry_run: bool
) -> tuple[Understood, bool]:
    """Return what was understood, and whether these bytes were in the bank before."""
    name = services.bank_name(bank_name)
    found = importing.read_file(file.read_bytes(), file.name, format=format_)
    if dry_run:
        reading = db.session()
        return importing.compared(reading, queries.bank_by_name(reading, name), found), False
    at = clock.now()
    with transaction() as session:
        root = organisation.root(session)
        if root is None:
            raise click.ClickException("no organisation yet; flask member add makes one")
        target = services.ensure_bank(session, name, root, at=at)
        found = importing.compared(session, target, found)
        again = importing.known_file(session, target, found.sha256) is not None
        importing.write(session, target, found, member_id=None, at=at)
    return found, again


def _summary(found: Understood, dry_run: bool, again: bool) -> None:
    counts = found.reading.counts
    encoding = f", {found.reading.encoding}" if found.reading.encoding else ""
    click.echo(f"{found.file_name} ({found.reading.format}{encoding})")
    click.echo("  " + "  ".join(f"{name} {count}" for name, count in counts.items()))
    for problem in found.reading.all_problems():
        click.echo(f"  {place(problem.where)}: {problem.message('zh')}")
    if again:
        click.echo("这个文件以前导入过，没有再写入。")
    elif dry_run:
        click.echo("没有写入任何内容（--dry-run）。")


@bank.command("export")
@click.argument("name")
@click.option("--format", "format_", required=True, type=click.Choice(exporting.writable()))
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def export(name: str, format_: str, output: Path) -> None:
    """Write the published questions of the bank NAME to a file."""
    session = db.session()
    found = queries.bank_by_name(session, services.bank_name(name))
    if found is None:
        raise click.ClickException(f"没有题库“{name}”")
    done = exporting.export(session, found, format_)
    output.write_bytes(done.data)
    for problem in done.losses:
        click.echo(f"  {problem.where}: {problem.message('zh')}", err=True)
    click.echo(f"{output}: {done.count}")
