"""The service level alone: `python -m bench.service [--quick]`."""

import argparse

from bench.catalogue import corpus_rows
from bench.service.tables import run

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    for line in run(corpus_rows(), parser.parse_args().quick):
        print(line, flush=True)
