"""The demo: sizes add up, the same seed gives the same people, the ledger verifies."""

import json

import pytest
from click.testing import Result
from flask import Flask

from app.core.db import db
from app.demo import people


@pytest.mark.parametrize("size", [160, 300, 1200, 2000, 3000])
def test_branch_sizes_add_up_and_stay_plausible(size: int) -> None:
    counts = people.sizes(size)
    assert (len(counts), sum(counts), min(counts) >= 6) == (26, size, True)
    assert max(counts) <= people.LARGEST or size > 2000


def test_the_demo_loads_once_and_its_ledger_verifies(app: Flask) -> None:
    def run(*, args: list[str]) -> Result:
        db.session.remove()
        return app.test_cli_runner().invoke(args=args)

    loaded = run(args=["demo", "load", "--members", "160", "--seed", "5", "--json"])
    accounts = json.loads(loaded.output)["accounts"]
    assert {"member", "secretary", "author", "judge", "organiser", "auditor"} == {
        a["role"] for a in accounts
    }
    assert len({a["no"] for a in accounts if a["role"] == "member"}) == 2
    assert run(args=["ledger", "verify"]).exit_code == 0
    assert run(args=["standings", "rebuild", "--check"]).exit_code == 0
    assert run(args=["demo", "load", "--members", "160"]).exit_code == 1
    assert run(args=["demo", "load", "--if-empty"]).exit_code == 0
