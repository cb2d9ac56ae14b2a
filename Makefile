# Everything is done with these targets; `make help` lists them.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
RUN := .venv/bin
DEMO_DATA = $(abspath $(or $(ANDOCK_DATA),var/demo))
DEMO = ANDOCK_DEMO=1 ANDOCK_DATA="$(DEMO_DATA)" HOST="$(HOST)" PORT="$(PORT)"

# Databases and keys that happen to be set in the shell are not ours to use: the demo and the tests
# see only what was named for them (ANDOCK_DATA, ANDOCK_TEST_DATABASE_URL).
unexport ANDOCK_DATABASE_URL ANDOCK_SECRET_KEY DATABASE_URL DJANGO_SETTINGS_MODULE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-nightly demo demo-reset serve test nightly bench lint format types imports messages docs ci locks clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ See it
demo: setup ## Prepare and start the region Südwestfalen on http://127.0.0.1:8000 (HOST, PORT, ANDOCK_DATA)
	@exec env $(DEMO) $(RUN)/andock demo

demo-reset: setup ## Throw away what was entered in the demo and start afresh
	@exec env $(DEMO) $(RUN)/andock demo --reset

##@ Work on it
setup: ## Make .venv, bring the locked packages and the front-end files
	@$(PYTHON) tools/setup.py

setup-dev:
	@$(PYTHON) tools/setup.py --dev

setup-nightly:
	@$(PYTHON) tools/setup.py --nightly

serve: setup ## Start Django's development server on the demo's data
	@exec env $(DEMO) DJANGO_SETTINGS_MODULE=andock.config.settings.dev $(RUN)/andock runserver $(HOST):$(PORT)

test: setup-dev ## Run the whole suite: SQLite, PostgreSQL when ANDOCK_TEST_DATABASE_URL is set, browser journeys
	@$(RUN)/python tools/test.py $(ARGS)

nightly: setup-nightly ## Run the long property, mutation, fuzz and kill runs
	@$(RUN)/python tools/test.py --nightly $(ARGS)

bench: setup-dev ## Measure the pages as in production (one JSON per run in bench-results/)
	@$(RUN)/andock bench

##@ Check it
lint: setup-dev ## Style of Python and templates
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/djlint --lint --quiet src

format: setup-dev ## Bring Python into shape
	@$(RUN)/ruff check --fix .
	@$(RUN)/ruff format .

types: setup-dev ## Types
	@DJANGO_SETTINGS_MODULE=andock.config.settings.test $(RUN)/mypy

imports: setup-dev ## Borders between the layers
	@$(RUN)/lint-imports

messages: setup-dev ## Completeness of the German catalogues
	@$(RUN)/python tools/messages.py --check

docs: setup-dev ## Links, and that every setting and command is described
	@$(RUN)/python tools/docs.py

ci: ## Everything that must be green before a change is taken
	@bash .ci/run

##@ Maintain it
locks: ## Compile the hash locks anew (needs uv)
	@tools/locks.sh

clean: ## Remove what was built and downloaded; entered data in var/ stays
	rm -rf .venv build dist frontend/node_modules src/andock/design/static/vendor src/andock/design/fonts
	find src -name '*.mo' -delete
