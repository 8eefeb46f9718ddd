# Two commands matter: make run, make test. While working: make quick, and make test TESTS=tests/papers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test quick coverage long lint types layers templates sample pictures clean

run: $(VENV)/.run
	@$(BIN)/gongwen run || [ $$? -eq 1 ]  # the sample year has mistakes to show, which is no failure here

# TESTS: a file or a folder of tests, in place of all of them.
test: lint types layers
ifdef TESTS
	$(BIN)/python -m pytest -q $(TESTS)
else
	$(BIN)/python -m pytest -n auto --ignore tests/bench --durations=40
	$(BIN)/python -m pytest -q -s tests/bench
endif

# What a change should pass before it is committed; tests/slow.py lists what is left out.
quick: lint types layers
	$(BIN)/python -m pytest -q -n auto -m "not slow"

# Which lines and branches the tests reach; apart, for counting them makes every test half as slow again.
coverage: $(VENV)/.dev
	$(BIN)/python -m pytest -q -n auto --ignore tests/bench --cov --cov-report=term-missing --cov-fail-under=90

# What a test run does by a tenth, in full: the comparison with LibreOffice (which it needs), thousands of tampered
# templates, the worst texts for every pattern, attacks, signals, kills, typos, layouts.
long: $(VENV)/.dev
	GONGWEN_LONG=1 $(BIN)/python -m pytest -q tests/spreadsheets/test_cells_as_shown.py tests/word/test_tampered_templates.py \
	  tests/tables/test_linear_patterns.py tests/tasks/test_attacks.py tests/checks/test_memory_slips.py tests/word/test_docxtpl_equality.py tests/word/test_rendering_check.py \
	  tests/tables/test_ledgers_layouts.py tests/faults

lint: $(VENV)/.dev
	$(BIN)/ruff check pipeline tests
	$(BIN)/ruff format --check pipeline tests

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

# Build the shipped templates anew from the house style, and the tables of kinds in the READMEs.
templates: $(VENV)/.run
	$(BIN)/python -m pipeline.papers
	$(BIN)/python -m tests.docs.kind_tables

# Render one specimen of every form anew into docs/pictures; needs LibreOffice.
pictures: $(VENV)/.dev
	$(BIN)/python -m tests.pictures

# Write the sample year anew; it is committed.
sample: $(VENV)/.dev
	$(BIN)/python -m tests.sample_year

$(VENV)/bin/python:
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo '需要Python 3.11以上和venv。Debian：apt-get install python3 python3-venv'; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(PIP) --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .import_linter_cache
