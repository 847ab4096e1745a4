"""A bare Flask application to serve: what a cold start and a worker cost with nothing in them."""

from flask import Flask

app = Flask("hello")


@app.get("/healthz")
def hello() -> str:
    """Answer."""
    return "ok"
