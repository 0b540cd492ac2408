#!/bin/sh
# What tests need beside Python packages: Chromium for the browser tests, PostgreSQL, Redis, nginx and libfaketime for
# those of several nodes and of faults (installed only as root on Debian), the Node SDK for the Node snippets and
# html-validate (when npm is there), and old SDKs. What is missing is said by the tests, which are then skipped.
set -eu
cd "$(dirname "$0")/.."

missing=
needed() { command -v "$1" >/dev/null || missing="$missing $2"; }
needed chromium 'chromium fonts-noto-cjk'
needed redis-server redis-server
needed nginx nginx-light
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || needed initdb postgresql
ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || needed faketime libfaketime
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

sh bench/install.sh load # wrk, for the tests of the benchmark

# Old SDKs, for the snippets that must work on them, too; each with what it needed then, apart from ours.
old_python() {
    test -d ".venv/old/python-$1" ||
        .venv/bin/python -m pip install --quiet --target ".venv/old/python-$1" "anthropic==$1" "$2" ||
        echo "anthropic $1 could not be installed; its tests are skipped"
}
old_python 0.40.0 'httpx<0.28'
old_python 0.84.0 httpx
if command -v npm >/dev/null && ! test -d .venv/old/node-0.78.0; then
    npm install --silent --no-audit --no-fund --prefix .venv/old/node-0.78.0 @anthropic-ai/sdk@0.78.0 >/dev/null ||
        echo "@anthropic-ai/sdk 0.78.0 could not be installed; its tests are skipped"
fi

sdk=1.12.0
if command -v npm >/dev/null && ! grep -q "\"$sdk\"" .venv/node/node_modules/@anthropic-ai/sdk/package.json 2>/dev/null; then
    npm install --silent --no-audit --no-fund --prefix .venv/node "@anthropic-ai/sdk@$sdk" >/dev/null
fi

validator=10.9.0 # the newest that runs on Node 20
if command -v npm >/dev/null && ! grep -q "\"$validator\"" .venv/html-validate/node_modules/html-validate/package.json 2>/dev/null; then
    npm install --silent --no-audit --no-fund --prefix .venv/html-validate "html-validate@$validator" >/dev/null ||
        echo "html-validate $validator could not be installed; its tests are skipped"
fi
