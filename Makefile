# Five verbs. Each builds .venv on first use, from nothing but CPython 3.11 or later and make.
# Another interpreter: make PYTHON=python3.13 test

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.DEFAULT_GOAL := help
.PHONY: help review check test bench docs

help:  ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' Makefile

review: $(READY)  ## the main job: check, repair and verify everything in examples/
	@$(BIN)/deburr review examples/ || test $$? -eq 1

check: $(READY)  ## format, lint, types, house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_house_rules.py

test: $(READY)  ## all tests
	$(BIN)/pytest

bench: $(READY)  ## speed and quality against other tools; rewrites the results in bench/
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.quality
	$(BIN)/python -m bench.speed.peers

docs: $(READY)  ## pages of the principles into docs/principles/, the README's output, and every link checked
	$(BIN)/python docs/readme.py
	$(BIN)/python -m docs.generate

# constraints.txt holds everything that is needed, the build backend included, so that the second line fetches nothing.
$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "deburr needs CPython 3.11 or later: make PYTHON=/path/to/python3.13" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
