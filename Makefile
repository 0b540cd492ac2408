PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help run test check evaluate watch bench bench-quick ocr clean

help: ## print the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 14

run: .venv/run.stamp ## install, load, and serve on 127.0.0.1:$(PORT)
	@$(BIN)/python manage.py prepare
	@echo "Claude Error Handbook: http://127.0.0.1:$(PORT)/  (Ctrl-C stops it)"
	@KB_REPLAY=$${KB_REPLAY:-$(if $(KB_BASE_URL)$(KB_ALLOWED_HOSTS),off,on)} exec $(BIN)/gunicorn kb.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --log-level warning --no-control-socket

test: .venv/test.stamp ## everything the tests need, then all of them
	@sh tests/install.sh
	@KB_NODE_MODULES=$(CURDIR)/.venv/node/node_modules $(BIN)/python -m pytest

check: .venv/test.stamp ## style, types, imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy kb bench && $(BIN)/lint-imports

evaluate: .venv/run.stamp ## accuracy on the public corpora; WRITE=--write keeps the figures for the about page
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py evaluate $(WRITE) $(filter-out %/sealed.jsonl,$(wildcard tests/corpus/*.jsonl))

watch: .venv/test.stamp ## does the Handbook know every error of the newest SDKs
	@sh tests/watch/install.sh
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py coverage tests/corpus/sdk_errors.tsv
	@KB_WATCH_PYTHON=$(CURDIR)/.venv/watch/bin/python KB_NODE_MODULES=$(CURDIR)/.venv/watch/node/node_modules $(BIN)/python -m pytest tests/watch

bench: .venv/test.stamp ## measure everything, keep it in docs/benchmarks.md
	@$(BIN)/python -m bench --out docs/benchmarks.md

bench-quick: .venv/test.stamp ## the same with few pastes, only printed
	@$(BIN)/python -m bench --quick

ocr: .venv/test.stamp ## the lookup on texts that Tesseract reads from drawn screenshots; SAVE=--save keeps them
	@sh bench/install.sh
	@$(BIN)/python -m bench.ocr $(SAVE)

clean: ## remove what run and test made
	@rm -rf .venv var

.venv/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

.venv/test.stamp: requirements.txt requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@ .venv/run.stamp
