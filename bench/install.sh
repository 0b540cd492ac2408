#!/bin/sh
# What benchmarks need beside Python packages (installed only as root on Debian): `install.sh load` brings wrk,
# `install.sh ocr` Tesseract and Chromium. What is missing is said by the benchmark.
set -eu

missing() {
    ! command -v "$1" >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}
install() {
    echo "installing $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

case "$1" in
load)
    if missing wrk; then install wrk; fi
    ;;
ocr)
    if missing tesseract || missing chromium; then
        install tesseract-ocr tesseract-ocr-chi-sim chromium fonts-dejavu-core fonts-noto-cjk
    fi
    ;;
esac
