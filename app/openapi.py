"""The JSON interface described by OpenAPI 3.1, at ``/api/v1/openapi.json``."""

from typing import Any

from flask import Blueprint, Response, jsonify

bp = Blueprint("openapi", __name__)

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
VALUE: Schema = {
    "description": "By type: option ids, a boolean, or null for a cleared answer.",
    "oneOf": [{"type": "array", "items": TEXT}, {"type": "boolean"}, {"type": "null"}],
}


def thing(**properties: Schema) -> Schema:
    """Return the schema of an object with these properties, all of them there."""
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def many(schema: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def by_key(schema: Schema) -> Schema:
    """Return the schema of an object with any keys and equal values."""
    return {"type": "object", "additionalProperties": schema}


QUIZ = thing(key=TEXT, title=TEXT, opens_at=MOMENT, closes_at=MOMENT, state=TEXT)
OPTION = thing(id=TEXT, html=TEXT)
SLOT = thing(slot=WHOLE, type=TEXT, marks=WHOLE, stem_html=TEXT, options=many(OPTION))
SAVED = thing(value=VALUE, epoch=WHOLE, seq=WHOLE)
ATTEMPT = thing(
    key=TEXT,
    quiz=TEXT,
    state=TEXT,
    epoch=WHOLE,
    server_now=MOMENT,
    seconds_left=NUMBER,
    deadline_at=MOMENT,
    slots=many(SLOT),
    saved=by_key(SAVED),
)
PAIR: Schema = {"type": "array", "prefixItems": [WHOLE, WHOLE], "minItems": 2, "maxItems": 2}
SAVE = thing(epoch=WHOLE, messages=many(thing(slot=WHOLE, seq=WHOLE, mid=TEXT, value=VALUE)))
OUTCOME: Schema = {"enum": ["stored", "duplicate", "stale", "late", "locked"]}
SAVE_RESULT = thing(
    results=many(thing(mid=TEXT, outcome=OUTCOME)), acked=by_key(PAIR), seconds_left=NUMBER
)
RECEIPT = thing(rule=TEXT, asked=WHOLE, amount=WHOLE, why=TEXT)
RESULT = thing(
    state=TEXT, score=NUMBER, max_score=NUMBER, passed={"type": "boolean"}, receipt=many(RECEIPT)
)
ANY: Schema = {"type": "object"}


def answer(schema: Schema, text: str) -> Schema:
    """Return one response of an operation."""
    return {"description": text, "content": {"application/json": {"schema": schema}}}


PROBLEM = {
    "description": "Refused; see the stable word in `error`.",
    "content": {
        "application/problem+json": {
            "schema": thing(type=TEXT, title=TEXT, status=WHOLE, detail=TEXT, error=TEXT)
        }
    },
}


def operation(
    text: str, schema: Schema, *, body: Schema | None = None, query: str = "", created: bool = False
) -> Schema:
    """Return an operation that answers 200 (and 201) with *schema*, or with a problem."""
    responses = {"200": answer(schema, text), "default": PROBLEM}
    if created:
        responses["201"] = answer(schema, text)
    found: Schema = {"summary": text, "responses": responses}
    if body is not None:
        found["requestBody"] = {"content": {"application/json": {"schema": body}}}
    if query:
        found["parameters"] = [
            {"name": name, "in": "query", "schema": TEXT} for name in query.split()
        ]
    return found


PATHS: dict[str, Schema] = {
    "/api/v1/me": {"get": operation("Who I am, my branch, roles, shift today", ANY)},
    "/api/v1/quizzes": {"get": operation("Quizzes I may take now or soon", many(QUIZ))},
    "/api/v1/quizzes/{key}/attempts": {
        "post": operation("Start or continue an attempt", ATTEMPT, created=True)
    },
    "/api/v1/attempts/{key}": {"get": operation("My attempt", ATTEMPT)},
    "/api/v1/attempts/{key}/answers": {"put": operation("Save answers", SAVE_RESULT, body=SAVE)},
    "/api/v1/attempts/{key}/submit": {
        "post": operation("Hand in", RESULT, body=thing(manifest=by_key(PAIR)))
    },
    "/api/v1/me/points": {"get": operation("My ledger, newest first", ANY, query="from to cursor")},
    "/api/v1/boards": {"get": operation("The boards I may see", ANY)},
    "/api/v1/boards/{key}": {"get": operation("A board and my row", ANY, query="window")},
    "/api/v1/openapi.json": {"get": operation("This description", ANY)},
}


@bp.get("/api/v1/openapi.json")
def describe() -> Response:
    """Answer the description of the whole interface."""
    paths = {path: dict(operations) for path, operations in PATHS.items()}
    for path, operations in paths.items():
        if "{key}" in path:
            operations["parameters"] = [
                {"name": "key", "in": "path", "required": True, "schema": TEXT}
            ]
    return jsonify(
        openapi="3.1.0",
        info={"title": "Mingdeng", "version": "1"},
        paths=paths,
        components={
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "browser": {"type": "apiKey", "in": "cookie", "name": "mingdeng"},
            }
        },
        security=[{"token": []}, {"browser": []}],
    )
