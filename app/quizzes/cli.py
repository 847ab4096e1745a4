"""``flask bank stats``, beside what the banks themselves offer."""

import json
from dataclasses import asdict
from typing import Any

import click
from flask.cli import with_appcontext

from app.core.db import db
from app.questions import queries, services
from app.quizzes import statistics
from app.quizzes.statistics import Item


@click.command("stats")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@with_appcontext
def stats(name: str, as_json: bool) -> None:
    """Print the item analysis of the bank NAME, the suspicious questions first."""
    session = db.session()
    found = queries.bank_by_name(session, services.bank_name(name))
    if found is None:
        raise click.ClickException(f"没有题库“{name}”")
    items = statistics.items(session, found)
    if as_json:
        report = {"bank": found.name, "items": [_json(item) for item in items]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for item in items:
        click.echo(_line(item))


def _json(item: Item) -> dict[str, Any]:
    analysis = asdict(item.analysis)
    analysis.pop("item")
    return {
        "question": item.question_key,
        "version": item.version_id,
        "type": item.content.type,
        "stem": item.content.stem,
        **analysis,
        "suspicions": [
            {"code": one.code, "option": one.option, "figure": one.figure}
            for one in item.suspicions
        ],
    }


def _line(item: Item) -> str:
    if not item.enough:
        return f"{item.analysis.responses:5}     –     –  {item.content.stem[:40]}"
    power = item.analysis.discrimination
    codes = " ".join(one.code for one in item.suspicions)
    shown = "    –" if power is None else f"{power:5.0f}"
    return (
        f"{item.analysis.responses:5} {100 * item.analysis.facility:5.0f} {shown}"
        f"  {item.content.stem[:40]}  {codes}"
    ).rstrip()
