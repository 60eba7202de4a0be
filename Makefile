# `make demo` runs the main job on a fresh machine, `make test` passes the tests; Python 3.11+ and make are all it takes.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test check browser fuzz soak bench docs clean help
.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

demo: $(VENV)/.installed ## start Neo4j, load the seeds, answer five questions
	@$(BIN)/inquiry demo

test: $(VENV)/.dev $(VENV)/contract/.installed browser ## all tests, lint, types and import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -m "not fuzz and not soak" --numprocesses 2 --dist loadgroup

# Views are tested in Chromium. Root on Debian gets it; others are told how, and without it those tests are skipped.
browser:
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
			&& apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
		|| echo "There is no Chromium for the tests of views: sudo apt-get install chromium"

check: $(VENV)/.dev ## the quick loop while writing code: no database
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q tests/graph/schema tests/graph/loaders -m "not fuzz and not soak"

fuzz: $(VENV)/.dev $(VENV)/contract/.installed ## what takes longer: generated tests, kill tests, the whole public record
	$(BIN)/pytest -m fuzz --numprocesses 2 --dist loadgroup

soak: $(VENV)/.dev ## bulk loads killed at every phase, and of the whole record
	$(BIN)/pytest -m soak

bench: $(VENV)/.dev $(VENV)/peer/.installed ## measure, as ratios in one run, and write the table into docs/
	NEOMODEL_PYTHON=$(VENV)/peer/bin/python $(BIN)/python -m benchmarks --write

docs: $(VENV)/.dev ## write the generated reference anew
	$(BIN)/python docs/generate.py

clean: ## remove what was built, not what was downloaded or loaded
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12 …"; exit 1; }
	@echo "Setting up $(VENV) (once; it takes about a minute) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@$(PIP) install --upgrade "pip>=25.1"
	@$(PIP) install --editable ".[local]"
	@touch $@

# neomodel pins the driver, and testers of APIs pin typer, so these have environments of their own.
$(VENV)/peer/.installed $(VENV)/contract/.installed: $(VENV)/%/.installed: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/$*
	@$(VENV)/$*/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(VENV)/$*/bin/python -m pip install --quiet --disable-pip-version-check --group $*
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	@$(PIP) install --group dev
	@touch $@
