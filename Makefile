# What a person needs to do here. `make run` and `make test` work on a machine with git, make and Python 3.11+.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv

.PHONY: run setup test test-long ready-to-test rasa bench lock check screenshots clean

run: .venv/.ready
	@$(BIN)/perheovi serve --demo

setup: .venv/.ready
	@$(BIN)/perheovi prepare

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perheovi needs Python 3.11 or later: call make with PYTHON=python3.11 (or newer)."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-uv.lock

.venv/.ready: requirements.lock $(UV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@$(BIN)/python -m compileall -q bot
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements-dev.lock
	@sh .ci/find-chromium
	@sh .ci/find-voikko
	@touch $@

# Made once; where there is no Python 3.10 it says so, and so do the tests that need it.
var/rasa/env/.ready: rasa_beside/requirements.lock .venv/.ready
	@$(BIN)/python -m rasa_beside set-up

test: ready-to-test
	@$(BIN)/python .ci/test.py

test-long: ready-to-test
	@$(BIN)/python .ci/test.py --long

# The model is trained on one processor while the other fetches what Rasa needs.
ready-to-test: .venv/.ready-dev
	@$(MAKE) --no-print-directory -j2 setup var/rasa/env/.ready

rasa: .venv/.ready
	@$(BIN)/python -m rasa_beside serve

bench: .venv/.ready-dev setup
	@$(BIN)/python -m bench.first_text
	@$(BIN)/python -m bench.queue_page
	@$(BIN)/python -m bench

check: .venv/.ready
	@$(BIN)/perheovi check

screenshots: .venv/.ready-dev setup
	@$(BIN)/python -m tests.screenshots

lock: $(UV)
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-header rasa_beside/requirements.in -o rasa_beside/requirements.lock
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache
