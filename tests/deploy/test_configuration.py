"""What stands in `deploy/` is what its own programs accept. Where a program is missing the test says which."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

from cluster.nginx import Nginx
from cluster.programs import Missing, program

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("handbook*.s*"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "docker" / "compose.yaml").read_text())


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )


def nginx_in(folder: Path) -> Nginx:
    """Written to a folder, to be checked there."""
    try:
        program("nginx", "nginx")
    except Missing as reason:
        pytest.skip(str(reason))
    nginx = Nginx(folder, [8001, 8002])
    nginx.write()
    return nginx


def test_gunicorn_accepts_its_configuration() -> None:
    done = run(sys.executable, "-m", "gunicorn", "--check-config", "-c", "deploy/gunicorn.conf.py")
    assert done.returncode == 0, done.stderr


def test_gunicorn_listens_where_port_says_and_takes_its_workers_from_the_environment() -> None:
    command = [sys.executable, "-m", "gunicorn", "--print-config", "-c", "deploy/gunicorn.conf.py"]
    told = run(*command, PORT="8123", WEB_CONCURRENCY="3").stdout
    found = dict(line.split("=", 1) for line in told.replace(" ", "").splitlines() if "=" in line)
    assert (found["bind"], found["workers"]) == ("['127.0.0.1:8123']", "3")
    assert (found["preload_app"], found["max_requests"]) == ("False", "0")


def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    done = nginx_in(tmp_path).check()
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr, done.stderr


def test_nginx_accepts_the_names_and_tls_that_an_operator_starts_from(tmp_path: Path) -> None:
    nginx = nginx_in(tmp_path)
    certificate = trustme.CA().issue_cert("errors.example.org")
    certificate.private_key_pem.write_to_path(tmp_path / "privkey.pem")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "fullchain.pem")
    text = (DEPLOY / "nginx" / "handbook" / "listen.conf").read_text()
    text = text.replace("/etc/ssl/handbook", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    (nginx.conf / "handbook" / "listen.conf").write_text(text)
    done = nginx.check()
    assert done.returncode == 0, done.stderr


def test_nginx_accepts_the_files_of_the_containers(tmp_path: Path) -> None:
    nginx = nginx_in(tmp_path)
    listen = (DEPLOY / "docker" / "nginx" / "listen.conf").read_text()
    (nginx.conf / "handbook" / "listen.conf").write_text(listen.replace("/dev/stdout", str(tmp_path / "log")))
    nodes = (DEPLOY / "docker" / "nginx" / "nodes.conf").read_text()
    (nginx.conf / "handbook" / "nodes.conf").write_text(nodes.replace("node1", "127.0.0.1").replace("node2", "[::1]"))
    done = nginx.check()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_its_units(unit: Path, tmp_path: Path) -> None:
    """Checked as installed in a folder of the test, since the programs it names must exist."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    tree = tmp_path / "srv"
    for name in ("gunicorn", "python"):
        (tree / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (tree / ".venv" / "bin" / name).write_text("#!/bin/sh\n")
        (tree / ".venv" / "bin" / name).chmod(0o755)
    for other in UNITS:
        (tmp_path / other.name).write_text(other.read_text().replace("/srv/handbook", str(tree)))
    done = run("systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name))
    assert done.returncode == 0, done.stderr
    assert not done.stderr.strip(), done.stderr


def test_the_service_is_well_caged() -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    unit = str(DEPLOY / "systemd" / "handbook.service")
    done = run("systemd-analyze", "security", "--offline=yes", "--threshold=20", unit)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


def test_docker_files_pass_their_linter() -> None:
    linter = Path(sys.executable).parent / "hadolint"
    if not linter.exists():
        pytest.skip("hadolint is not there for this platform")
    done = run(str(linter), "deploy/docker/Dockerfile")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_container_is_without_rights_and_watched(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["user"].split(":")[0] != "0"
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"]
    assert service.get("healthcheck") or service["image"] == "handbook"  # whose Dockerfile has one


def test_containers_refer_to_what_is_there() -> None:
    services, volumes = COMPOSE["services"], COMPOSE["volumes"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for source in (volume.split(":")[0] for volume in service.get("volumes", [])):
            assert source in volumes or (DEPLOY / "docker" / source).exists()


def test_only_nginx_can_be_reached_and_only_on_loopback() -> None:
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert ports == {"nginx": ["127.0.0.1:8080:8080"]}


def test_shell_scripts_are_sound() -> None:
    for script in [DEPLOY / "docker" / "start.sh"]:
        done = run("sh", "-n", str(script))
        assert done.returncode == 0, done.stderr
