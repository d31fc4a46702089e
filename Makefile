# Two commands matter: `make run` and `make test`. Both need python3 (3.11 or later), node and npm.

PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000

.PHONY: run test quick setup lint types bench messages clean

run: setup  ## Start the site with its demo on http://localhost:8000
	$(PY) manage.py serve --port $(PORT)

test: setup  ## Run the tests; PostgreSQL, Redis and Chromium are used where they are
	$(PY) scripts/test.py

quick: setup  ## The tests that need neither seconds nor services, for while you work
	$(PY) scripts/test.py --quick

setup: .venv/.installed assets/.built  ## Environment, front-end assets, compiled messages
	@$(PY) scripts/messages.py compile

.venv/.installed: pyproject.toml constraints.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[dev]' -c constraints.txt
	@touch $@

node_modules/.installed: package.json
	npm install --no-progress --loglevel=error
	@touch $@

assets/.built: node_modules/.installed scripts/assets.py .venv/.installed
	$(PY) scripts/assets.py
	@touch $@

lint: setup  ## Style, layering, texts, compose file, Dockerfile
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo
	$(PY) scripts/messages.py check
	.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	.venv/bin/hadolint Dockerfile

types: setup
	.venv/bin/mypy .

bench: setup  ## Ratios against hand-written baselines, also written to benchmarks/results.json
	$(PY) benchmarks/run.py

messages: setup  ## Refresh the Chinese catalogues after changing interface texts
	$(PY) scripts/messages.py update

clean:
	rm -rf .venv node_modules assets
