#!/bin/sh
# What the OCR benchmark needs beside Python packages: Tesseract and Chromium (installed only as root on Debian).
# What is missing is said by the benchmark.
set -eu

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    if ! command -v tesseract >/dev/null || ! command -v chromium >/dev/null; then
        echo "installing tesseract-ocr, tesseract-ocr-chi-sim, chromium and fonts"
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends \
            tesseract-ocr tesseract-ocr-chi-sim chromium fonts-dejavu-core fonts-noto-cjk >/dev/null
    fi
fi
