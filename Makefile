PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help run test check evaluate clean

help: ## print the targets
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

run: .venv/run.stamp ## install, load, and serve on 127.0.0.1:$(PORT)
	@$(BIN)/python manage.py prepare
	@echo "Claude Error Handbook: http://127.0.0.1:$(PORT)/  (Ctrl-C stops it)"
	@exec $(BIN)/gunicorn kb.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --log-level warning --no-control-socket

test: .venv/test.stamp ## everything the tests need, then all of them
	@sh tests/install.sh
	@KB_NODE_MODULES=$(CURDIR)/.venv/node/node_modules $(BIN)/python -m pytest

check: .venv/test.stamp ## style, types, imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy kb && $(BIN)/lint-imports

evaluate: .venv/run.stamp ## accuracy on the public corpus
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py evaluate tests/corpus/dev.jsonl tests/corpus/own.jsonl

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
