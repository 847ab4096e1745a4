"""The bare application that ratios refer to: ``/hello``, and ``/save1``, one INSERT and COMMIT."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, jsonify, request
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, event, insert

metadata = MetaData()
saved = Table(
    "bench_saved", metadata, Column("id", Integer, primary_key=True), Column("value", Text)
)

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def create(url: str) -> Flask:
    """Return the bare application on the database at *url*, whose table is made anew."""
    app = Flask("bare")
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _durable)
        event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    metadata.drop_all(engine)
    metadata.create_all(engine)

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.post("/save1")
    def save1() -> Any:
        with engine.begin() as connection:
            connection.execute(insert(saved), {"value": request.get_json()["value"]})
        return jsonify(ok=True)

    app.extensions["bench_engine"] = engine
    return app


def _durable(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
