# make run    everything from a fresh clone to a serving site   (PORT=8000 STAFF_PORT=8001 HOST=127.0.0.1)
# make install   what make run installs, without serving: before a service is started again with new code
# make dev    the same with reload on change
# make test   the whole suite, browser tests included
# make check  lint, types, templates, deployment settings, content
PORT ?= 8000
STAFF_PORT ?= 8001
HOST ?= 127.0.0.1
export PORT STAFF_PORT HOST
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
MESSAGES := for words in locale locale/staff locale/django; do $(BIN)/pybabel -q compile -D django -d $$words || exit 1; done

.PHONY: run install dev test check messages lock machine

run: install
	@exec $(MANAGE) serve

# Compiled here, for those who run it may not write into it: each of their processes would compile it anew.
install: .venv/runtime
	@$(MESSAGES)
	@$(BIN)/python -m compileall -q manage.py survivors toolkit

dev: .venv/dev prepare
	DEBUG=1 $(MANAGE) runserver $(HOST):$(PORT)

.PHONY: prepare
prepare:
	@$(MESSAGES)
	@$(MANAGE) prepare

test: machine .venv/dev
	$(MESSAGES)
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

# What the tests need beside Python: installs it, or says what to install, before anything runs.
machine:
	@$(or $(wildcard $(BIN)/python),$(PYTHON)) -m tests.machine

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	$(BIN)/mypy
	ALLOWED_HOSTS=guide.example.org $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) content_check --strict
	$(MANAGE) spelling_check

# After changing words in templates or code: collects them, and updates the catalogues in locale/.
messages: .venv/dev
	$(BIN)/python -m babel.messages.frontend -q extract -F locale/babel.cfg --omit-header --sort-by-file -o locale/django.pot .
	$(BIN)/python -m babel.messages.frontend -q update -D django -d locale -i locale/django.pot --no-fuzzy-matching --ignore-obsolete
	$(BIN)/python -m babel.messages.frontend -q extract -F locale/staff/babel.cfg --omit-header --sort-by-file -o locale/staff/django.pot .
	$(BIN)/python -m babel.messages.frontend -q update -D django -d locale/staff -i locale/staff/django.pot --no-fuzzy-matching --ignore-obsolete

# After changing dependencies in pyproject.toml: pins them again, with hashes.
lock: .venv/dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --extra postgres pyproject.toml -c requirements.txt -o requirements-postgres.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --extra postgres --group dev pyproject.toml -c requirements.txt -o requirements-dev.txt

.venv/runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	@$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	@$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ .venv/runtime
