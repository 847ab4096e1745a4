# One word per job; each sets up what it needs first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
MO := app/translations/en/LC_MESSAGES/messages.mo

.PHONY: setup run test check bench translations format

setup: .venv/.stamp $(MO)

.venv/.stamp: requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	touch $@

$(MO): app/translations/en/LC_MESSAGES/messages.po .venv/.stamp
	$(BIN)/pybabel compile --use-fuzzy -i $< -o $@ -l en

run: setup
	$(BIN)/flask db upgrade
	$(BIN)/flask demo load --if-empty
	$(BIN)/flask serve

test: setup
	$(BIN)/pytest $(ARGS)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python tools/translations.py check
	$(BIN)/pytest tests/architecture

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

translations: setup
	$(BIN)/python tools/translations.py update

bench: setup
	$(BIN)/python -m bench $(ARGS)
