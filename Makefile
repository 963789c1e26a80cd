# Everything is brought into the checkout: tools under .tools/, packages under .venv/, data under .lectern/.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
UV := .tools/uv/bin/uv
BIN := .venv/bin
WITH_NODE := PATH="$(CURDIR)/.tools/node/bin:$$PATH"
NPM := $(WITH_NODE) npm --prefix web_client --silent
LOCK := $(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --quiet
# Three also on two processors: much of what tests do is to wait for the services.
PYTEST := -m pytest --numprocesses 3 --dist loadscope --no-loadscope-reorder
# Without its advertisement. Its own --quiet would have it pass over what is wrong.
MKDOCS := said="$$(NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict 2>&1)" || { echo "$$said"; exit 1; }
SIDE_BY_SIDE = $(MAKE) --silent --no-print-directory --jobs=3
export UV_NO_CONFIG := 1
# Where this is set, every process compiles all of its libraries anew: two seconds of three.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup built web api settings docs demo run dev bench test tested-page tested-server coverage e2e containers lighthouse chaos check policy format lock audit clean

help:  ## Say what there is
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## (.*)/  make \1\t\2/' | expand -t 20

.tools/uv/done: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name one with PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { echo "This python3 has no ensurepip: install your system's python3-venv package."; exit 1; }
	@rm -rf .tools/uv && $(PYTHON) -m venv .tools/uv
	@.tools/uv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

.tools/aws/done: requirements/aws.txt .tools/uv/done
	@$(UV) venv --quiet --clear --python $(PYTHON) .tools/aws
	@$(UV) pip install --quiet --python .tools/aws/bin/python --require-hashes -r requirements/aws.txt
	@.tools/aws/bin/python -c 'import ministack.app'  # compiles it, once and not in whatever starts first
	@touch $@

.venv/done: requirements/dev.txt pyproject.toml .tools/uv/done
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline -e .
	@$(BIN)/python -c 'import server.application, server.worker.settings, server.transcription.engines.whisper_child'
	@touch $@

.tools/node/done: requirements/node.txt .tools/uv/done
	@$(UV) venv --quiet --clear --python $(PYTHON) .tools/node
	@$(UV) pip install --quiet --python .tools/node/bin/python --require-hashes -r requirements/node.txt
	@touch $@

.tools/policy/done: requirements/policy.txt .tools/uv/done
	@$(UV) venv --quiet --clear --python $(PYTHON) .tools/policy
	@$(UV) pip install --quiet --python .tools/policy/bin/python --require-hashes -r requirements/policy.txt
	@touch $@

web_client/node_modules/.done: web_client/package-lock.json web_client/.npmrc .tools/node/done
	@$(NPM) ci
	@touch $@

WEB_SOURCES := $(shell find web_client/src web_client/public -type f ! -name '*.test.*' ! -name routeTree.gen.ts ! -name openapi.json) \
	$(wildcard web_client/*.ts web_client/*.html web_client/*.json)
web_client/dist/index.html: web_client/node_modules/.done $(WEB_SOURCES)
	@$(NPM) run build -- --logLevel warn

setup:  ## Bring everything that is needed into the checkout
	@$(SIDE_BY_SIDE) .venv/done .tools/aws/done web_client/node_modules/.done

built:
	@$(SIDE_BY_SIDE) .venv/done .tools/aws/done web_client/dist/index.html

web: web_client/dist/index.html  ## Build the web client, if it has changed

api: setup  ## Write the web client's types from the OpenAPI document
	@$(BIN)/python -m server.openapi > web_client/src/api/openapi.json
	@$(NPM) run api

settings: setup  ## Write .env.example and docs/configuration.md from the settings
	@$(BIN)/python -m server.reference example > .env.example
	@$(BIN)/python -m server.reference configuration > docs/configuration.md

docs: setup  ## Build the documentation as a site
	@$(MKDOCS)
	@echo "It begins at .tools/docs/index.html; to search in it, serve it: $(BIN)/python -m http.server --directory .tools/docs"

demo: built  ## Set up, start the stack, transcribe the sample, print the text
	@$(BIN)/lectern demo samples/*.wav

run: built  ## Start the whole stack and keep it open
	@$(BIN)/lectern up

dev: setup  ## Start the whole stack; API and page follow their code; HTTPS=1 for phones
	@$(BIN)/python -m server.local.dev $(if $(HTTPS),--https)

bench: setup  ## Measure ours over the bare thing
	@$(BIN)/python -m benchmarks.pipeline
	@$(BIN)/python -m benchmarks.recital
	@$(BIN)/python -m benchmarks.search
	@$(BIN)/python -m benchmarks.pictures

test: setup  ## Run the tests
	@$(SIDE_BY_SIDE) tested-page tested-server

tested-page:
	@said="$$($(NPM) test 2>&1)" || { echo "$$said"; exit 1; }; echo "$$said" | tail -n 5

tested-server:
	@$(BIN)/python $(PYTEST) $(ARGS)

coverage: setup  ## Run the tests, and tell which lines none of them runs; takes half as long again
	@$(BIN)/coverage erase
	@$(BIN)/coverage run $(PYTEST) $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

/usr/bin/chromium:
	@[ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null || { echo "There is no $@: install your system's chromium package, or run this as root where there is apt-get."; exit 1; }
	@apt-get update --quiet && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends chromium

e2e: built /usr/bin/chromium  ## Type in the guides, lose and kill much for a while, use the pages in a real browser
	@$(BIN)/pytest tests/guides $(ARGS)
	@$(BIN)/pytest tests/chaos $(ARGS)
	@$(BIN)/pytest tests/browser $(ARGS)

containers: .venv/done .tools/aws/done .tools/node/done  ## Run each step of the Dockerfiles and compose.yaml's services, without an engine; as root
	@$(BIN)/python -m tests.containers

benchmarks/page/node_modules/.done: benchmarks/page/package-lock.json benchmarks/page/.npmrc .tools/node/done
	@$(WITH_NODE) npm --prefix benchmarks/page --silent ci
	@touch $@

lighthouse: built /usr/bin/chromium benchmarks/page/node_modules/.done  ## Run Lighthouse on the pages that people see most
	@$(BIN)/python -m benchmarks.page $(ARGS)

chaos: setup  ## Kill, pause, lose and double everything under load; ARGS="--uploads 30 --minutes 1", or --rolling
	@$(BIN)/python -m tests.chaos $(ARGS)

check: setup  ## Lint, types, layers, template, images, documentation, page
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/cfn-lint infra/template.yaml
	@$(BIN)/hadolint Dockerfile web.Dockerfile
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec compose.yaml
	@$(BIN)/pre-commit validate-config
	@$(MKDOCS)
	@$(NPM) run check
	@$(BIN)/python -m server.openapi > web_client/src/api/openapi.json
	@$(NPM) run --silent api:check

policy: .tools/policy/done  ## Hold the template against checkov's rules; infra/policy.yaml says what is passed over, and why
	@.tools/policy/bin/checkov --config-file infra/policy.yaml

format: setup  ## Put the code into its form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(NPM) run format

lock: .tools/uv/done  ## Choose the newest fitting packages and write them down with their hashes
	@$(LOCK) --upgrade requirements/uv.in -o requirements/uv.txt
	@$(LOCK) --upgrade requirements/aws.in -o requirements/aws.txt
	@$(LOCK) --upgrade requirements/node.in -o requirements/node.txt
	@$(LOCK) --upgrade requirements/policy.in -o requirements/policy.txt
	@$(LOCK) --upgrade pyproject.toml -o requirements/run.txt
	@$(LOCK) --upgrade pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	@for part in build model; do $(LOCK) requirements/$$part.in -c requirements/dev.txt -o requirements/$$part.txt; done

audit: setup  ## Look for known weaknesses in the pinned packages
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements/run.txt

clean:  ## Remove what was brought and made, the local data too
	@rm -rf .venv .tools .lectern .coverage* .mypy_cache .pytest_cache .ruff_cache web_client/node_modules web_client/dist benchmarks/page/node_modules
