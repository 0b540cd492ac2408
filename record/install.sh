#!/bin/sh
# Each client of clients.txt in a throw-away environment of its own, .venv/record/<client>-<version>.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .venv/record

grep -v '^#' record/clients.txt | while read -r client version packages; do
    place=".venv/record/$client-$version"
    test -f "$place/complete" && continue
    case $packages in
        @*) command -v npm >/dev/null || { echo "$client $version needs npm; it is not recorded"; continue; }
            npm install --silent --no-audit --no-fund --prefix "$place" "$packages" >/dev/null </dev/null ;;
        *)  .venv/bin/python -m venv --without-pip "$place"
            # shellcheck disable=SC2086 (several packages, separated by blanks)
            .venv/bin/python -m pip --python "$place/bin/python" install --quiet $packages </dev/null ;;
    esac
    touch "$place/complete"
done
