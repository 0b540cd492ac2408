PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
UV := uv==0.13.9
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help run test check evaluate watch record api-fuzz fuzz cluster faults bench bench-quick soak ocr lock clean

help: ## print the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 14

run: .venv/run.stamp ## install, load, and serve on 127.0.0.1:$(PORT)
	@$(BIN)/python manage.py prepare
	@echo "Claude Error Handbook: http://127.0.0.1:$(PORT)/  (Ctrl-C stops it)"
	@KB_REPLAY=$${KB_REPLAY:-$(if $(KB_BASE_URL)$(KB_ALLOWED_HOSTS),off,on)} exec $(BIN)/gunicorn kb.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning --no-control-socket

test: .venv/test.stamp ## everything the tests need, then all of them, with PostgreSQL and Redis where these are installed
	@sh tests/install.sh
	@$(BIN)/python -m tests.servers
	@KB_NODE_MODULES=$(CURDIR)/.venv/node/node_modules $(BIN)/python -m pytest

check: .venv/test.stamp ## style, types, imports, known vulnerabilities
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy kb bench cluster faults record && $(BIN)/lint-imports
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/audit.py requirements-dev.txt

evaluate: .venv/run.stamp ## accuracy on the public corpora; WRITE=--write keeps the figures for the about page
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py evaluate $(WRITE) $(filter-out %/sealed.jsonl,$(wildcard tests/corpus/*.jsonl)) fixtures/recorded/*.txt

watch: .venv/test.stamp ## does the Handbook know every error of the newest SDKs
	@sh tests/watch/install.sh
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py coverage tests/corpus/sdk_errors.tsv
	@KB_WATCH_PYTHON=$(CURDIR)/.venv/watch/bin/python KB_NODE_MODULES=$(CURDIR)/.venv/watch/node/node_modules $(BIN)/python -m pytest tests/watch

cluster: .venv/test.stamp ## PostgreSQL, Redis, two nodes and nginx on loopback, nginx on $(PORT)
	@exec $(BIN)/python -m cluster --port $(PORT)

faults: .venv/test.stamp ## each fault done for real under load, kept in docs/faults.md
	@$(BIN)/python -m faults --out docs/faults.md

api-fuzz: .venv/test.stamp ## CASES=10000 requests made up from the OpenAPI document, against a real server
	@$(BIN)/python manage.py prepare
	@$(BIN)/python -m tests.api.fuzz $(or $(CASES),10000)

record: .venv/test.stamp ## what the real clients print of every error, kept in fixtures/recorded; CLIENT=curl for one
	@sh record/install.sh
	@$(BIN)/python -m record $(CLIENT)

bench: .venv/test.stamp ## measure everything, keep it in docs/benchmarks.md
	@sh bench/install.sh load
	@$(BIN)/python -m bench --out docs/benchmarks.md

bench-quick: .venv/test.stamp ## the same with few pastes, only printed
	@sh bench/install.sh load
	@$(BIN)/python -m bench --quick

soak: .venv/test.stamp ## MINUTES=10 on two nodes under steady load while an editor publishes; OUT=docs/soak.md keeps it
	@$(BIN)/python -m bench.soak --minutes $(or $(MINUTES),10) $(if $(OUT),--out $(OUT))

fuzz: .venv/test.stamp ## INPUTS=200000 texts that nobody would paste, put to every stage of the lookup
	@$(BIN)/python -m tests.fuzz --inputs $(or $(INPUTS),200000) --seed $(or $(SEED),1)

ocr: .venv/test.stamp ## the lookup on texts that Tesseract reads from drawn screenshots; SAVE=--save keeps them
	@sh bench/install.sh ocr
	@$(BIN)/python -m bench.ocr $(SAVE)

lock: .venv/test.stamp ## pin requirements*.in and all they need, by hash; UPGRADE=--upgrade moves what is not named there
	@$(BIN)/python -m pip install --quiet $(UV)
	@$(LOCK) $(UPGRADE) --output-file requirements.txt requirements.in
	@$(LOCK) $(UPGRADE) --constraint requirements.txt --output-file requirements-dev.txt requirements-dev.in

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
