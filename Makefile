# Every verb of the project. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test check bench lock clean

help: ## what can be made here
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "headline-bot needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check]'
	@touch $@

run: .venv/run ## start the bot (without a token: the local chat page)
	@exec $(BIN)/headline-bot run

test: .venv/dev ## run every test
	$(BIN)/python -m pytest

check: .venv/dev ## lint, format, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev ## run the benchmarks, write var/bench.json
	$(BIN)/python -m benchmarks

# The newest of everything that pyproject.toml permits, for all platforms, with the hashes of what was seen today. setuptools
# builds the bot itself in the image.
LOCK := -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
lock: .venv/run ## renew requirements.lock and requirements-extras.lock, of which the image is made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	echo 'setuptools>=77' | $(BIN)/python $(LOCK) pyproject.toml - --output-file requirements.lock
	echo 'setuptools>=77' | $(BIN)/python $(LOCK) pyproject.toml - --extra semantic --extra tracing --output-file requirements-extras.lock

clean: ## forget the virtual environment (not the data in var/)
	rm -rf .venv
