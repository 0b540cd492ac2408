"""Fixtures with a mistake, deployed."""

from __future__ import annotations

import shutil

from cluster import Cluster
from cluster.programs import ROOT
from faults.fault import Fault
from faults.load import CODE


def deploy_a_mistake(cluster: Cluster) -> None:
    """`load_kb` refuses a folder in which one file is not YAML, and names it."""
    folder = cluster.folder / "broken-fixtures"
    shutil.copytree(ROOT / "fixtures", folder, dirs_exist_ok=True)
    with (folder / "entries" / f"{CODE}.yaml").open("a") as file:
        file.write("  title: [\n")
    done = cluster.nodes[0].manage("load_kb", "--fixtures", str(folder), check=False)
    assert done.returncode, "load_kb took fixtures with a mistake"
    assert f"{CODE}.yaml" in done.stderr, done.stderr


FAULTS = [Fault("broken fixture deployed", "`load_kb` with a file that is not YAML", deploy_a_mistake, down="")]
