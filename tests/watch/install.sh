#!/bin/sh
# The newest SDKs, apart from the ones that the tests are pinned to.
set -eu
cd "$(dirname "$0")/../.."

test -x .venv/watch/bin/python || .venv/bin/python -m venv .venv/watch
.venv/watch/bin/python -m pip install --quiet --upgrade anthropic
if command -v npm >/dev/null; then
    npm install --silent --no-audit --no-fund --prefix .venv/watch/node @anthropic-ai/sdk@latest >/dev/null
fi
