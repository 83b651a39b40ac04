# Every target sets up what it needs: on a fresh machine only Python 3.11 or newer and make have to be there.

VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
STAMP := $(VENV)/.installed
OUT ?= out
WORKERS ?= 1

# The first of these that runs, is new enough and can make a virtual environment; PYTHON=... overrules it.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell $(p) -c 'import ensurepip, sys, venv; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)))

.DEFAULT_GOAL := help
.PHONY: help setup run test slow lint types imports evaluate gate data current bench bench-scale mutate docs format constraints clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: $(STAMP)  ## make .venv with the exact versions of constraints.txt

$(STAMP): constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer with the venv module was found; install one or say make PYTHON=/path/to/python" >&2; exit 2; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) ..."
	@rm -f $(STAMP)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pip setuptools hatchling editables
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation --editable '.[all]' --group dev
	@touch $(STAMP)

run: $(STAMP)  ## extract everything in corpus/ into out/ and score it against gold/
	@$(BIN)/nspcc-extract run corpus/ --out $(OUT) --workers $(WORKERS)
	@echo
	@$(BIN)/nspcc-extract evaluate --gold gold/ --corpus corpus/ --json > $(OUT)/scores.json
	@$(BIN)/nspcc-extract report $(OUT)/nspcc.db --out $(OUT)/site --full-text --accuracy $(OUT)/scores.json
	@echo
	@$(BIN)/nspcc-extract evaluate --gold gold/ --corpus corpus/ --brief
	@echo
	@echo "Made from corpus/:"
	@echo "  $(OUT)/nspcc.db        everything, in SQLite: tables, links, evidence, views"
	@echo "  $(OUT)/force_year.csv  what each force recorded in each year, with its sources"
	@echo "  $(OUT)/*.csv           each table by itself; docs/schema.md says what the columns mean"
	@echo "  $(OUT)/site/           pages to look through: open $(OUT)/site/index.html in a browser"
	@echo "Look next at:  $(BIN)/nspcc-extract show FILE   for one release with its figures in colour"

test: $(STAMP)  ## run the suite on two cores, without what is marked slow
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

slow: $(STAMP)  ## run the tests marked slow: clusters, kills, thousands of pages
	$(BIN)/python -m pytest -m slow

lint: $(STAMP)  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMP)  ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(STAMP)  ## mypy --strict over src
	$(BIN)/mypy

imports: $(STAMP)  ## the layers of the architecture
	$(BIN)/lint-imports

evaluate: $(STAMP)  ## score the corpus against gold/
	$(BIN)/nspcc-extract evaluate --gold gold/ --corpus corpus/

gate: $(STAMP)  ## fail where a score falls below its pinned floor
	$(BIN)/nspcc-extract gate

data: $(STAMP)  ## rebuild the published dataset in data/
	rm -rf data
	$(BIN)/nspcc-extract dataset corpus/ --out data

current: $(STAMP)  ## fail where data/ is not what corpus/ gives
	@rm -rf $(OUT)/data
	@$(BIN)/nspcc-extract dataset corpus/ --out $(OUT)/data
	@diff -rq data $(OUT)/data || { echo "data/ is stale: run make data and commit it" >&2; exit 1; }
	$(BIN)/frictionless validate data/datapackage.json

bench: $(BENCH)/.installed  ## measure speed and accuracy against peers
	$(BENCH)/bin/python -m benchmarks

bench-scale: $(BENCH)/.installed  ## measure workers, a cluster, memory and kills: an hour or two on two cores
	$(BENCH)/bin/python -m benchmarks scale

mutate: $(STAMP)  ## change the code of numbers and periods bit by bit, and tell which changes no test notices: half an hour
	rm -rf mutants
	$(BIN)/mutmut run --max-children 2
	$(BIN)/python -m benchmarks.mutation

# The peers want versions of their own: an environment apart, so that constraints.txt stays free of them.
$(BENCH)/.installed: constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer with the venv module was found; install one or say make PYTHON=/path/to/python" >&2; exit 2; }
	@rm -f $@
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pip setuptools hatchling editables
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation --editable '.[all]'
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@

docs: $(STAMP)  ## write the generated pages of docs/ anew
	$(BIN)/python -c "from pathlib import Path; from extract.tabulate.describe import schema_markdown; Path('docs/schema.md').write_text(schema_markdown(), 'utf-8')"
	$(BIN)/nspcc-extract rules --corpus corpus/ --out docs/rules.md

constraints: $(STAMP)  ## write the versions now installed to constraints.txt
	$(BIN)/python -m pip freeze --all --exclude-editable --disable-pip-version-check > constraints.new
	{ echo '# The exact versions that the Makefile installs, for Python 3.11 and later; written by make constraints.'; cat constraints.new; } > constraints.txt
	rm constraints.new

clean:  ## remove what was made here
	rm -rf $(VENV) $(BENCH) $(OUT) mutants .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
