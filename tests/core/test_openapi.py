"""The description of the JSON interface covers every route of it."""

import re

from flask import Flask


def test_every_route_of_the_interface_is_described(app: Flask) -> None:
    described = app.test_client().get("/api/v1/openapi.json").json
    assert described["openapi"] == "3.1.0"
    routes = {
        (re.sub(r"<\w+>", "{key}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = described["paths"]
    assert routes == {(path, m) for path in paths for m in paths[path] if m != "parameters"}
