# Two commands on a fresh machine: `make demo` and `make test`. Nothing but Python, git and make is assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
ARGS ?=

.PHONY: demo run test test-ledger test-history test-browser screenshots gallery charts check format bench lock clean

demo: $(VENV)/ready-to-run
	@$(BIN)/threadlight demo $(ARGS)

run: $(VENV)/ready-to-run
	@$(BIN)/threadlight run

# A process for each core, and two more. What is compiled is kept, whatever the environment says: each
# process of the tests, and each bot that they start, would compile it anew.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/ready-to-develop
	$(BIN)/pytest --ignore=tests/browser --numprocesses=auto --dist=worksteal $(ARGS)

# Thirty times as many examples of the ledger's state machine as `make test` runs; about a quarter
# of an hour. LEDGER_EXAMPLES=100000 make test-ledger runs more.
test-ledger: export LEDGER_EXAMPLES ?= 20000
test-ledger: $(VENV)/ready-to-develop
	$(BIN)/pytest tests/bot/storage/test_ledger_machine.py $(ARGS)

# Forty times as many examples of what conversations remember as `make test` runs; about half an
# hour. HISTORY_EXAMPLES=10000 make test-history runs more.
test-history: export HISTORY_EXAMPLES ?= 1200
test-history: $(VENV)/ready-to-develop
	$(BIN)/pytest tests/bot/storage/test_history_machine.py $(ARGS)

# These need Chromium (on Debian: apt-get install chromium), and are skipped where there is none.
test-browser: $(VENV)/ready-to-develop
	$(BIN)/pytest tests/browser $(ARGS)

screenshots: $(VENV)/ready-to-develop
	$(BIN)/python -m tests.browser.screenshots $(ARGS)

# Pictures of thirty answers, to be looked at: in build/gallery, or `make gallery ARGS=folder`.
gallery: $(VENV)/ready-to-develop
	$(BIN)/python -m tests.browser.gallery_of_answers $(ARGS)

# Charts of all kinds, to be looked at, in build/charts; those of the README in docs/charts.
charts: $(VENV)/ready-to-develop
	$(BIN)/python -m tests.bot.render.charts.gallery $(ARGS)

check: $(VENV)/ready-to-develop
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/ready-to-develop
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/ready-to-develop
	$(BIN)/python -m benchmarks $(ARGS)

# The locks hold versions and hashes and no address; `uv` comes from the usual package index.
lock:
	@$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/python -m pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --extra postgres pyproject.toml -o requirements.lock
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --extra postgres --group dev -c requirements.lock pyproject.toml \
		-o requirements-dev.lock

clean:
	rm -rf $(VENV) $(VENV)-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache build dist

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Threadlight needs Python 3.11 or newer; if you have one: make PYTHON=python3.12 …"; exit 1; }
	@echo "Threadlight: making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/ready-to-run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Threadlight: installing the bot's libraries (about 40 packages, once; half a minute) …"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/ready-to-develop: requirements-dev.lock $(VENV)/ready-to-run
	@echo "Threadlight: installing the tools for tests and checks (once; half a minute) …"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
