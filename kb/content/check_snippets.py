"""Code that nobody should copy: without certificate checks, printing a key, hiding errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.content.check import place
from kb.content.python_faults import python_faults
from kb.content.yaml_files import Row

EXECUTED = ("python", "node", "bash")  # languages that the tests can run
SHELLS = ("bash", "powershell", "cmd")
OFF = "turns certificate checks off"
SHOWN = "prints a key"
HIDDEN = "swallows an error"

VARIABLE = r"\w*(?:KEY|TOKEN|SECRET|PASSWORD)\b"
COUNTED = r"(?!\s*(?:\??\.length|\?\s))"  # `.length`, or asked whether it is there
RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "any": (
        (OFF, r"NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY"),
        (OFF, r"(?i)(?:strict-?ssl|sslverify)\W{1,4}false"),
    ),
    "node": (
        (OFF, r"rejectUnauthorized\W{1,4}false|checkServerIdentity\s*:"),
        (HIDDEN, r"\bcatch\s*(?:\(\w*\)\s*)?\{\s*(?://[^\n]*\n\s*)*\}"),
        (HIDDEN, r"\.catch\(\s*(?:\(\w*\)|\w+)\s*=>\s*\{\s*\}\s*\)"),
        (SHOWN, rf"console\.\w+\([^\n]*process\.env\.{VARIABLE}{COUNTED}"),
        (SHOWN, rf"console\.\w+\([^\n]*(?:[aA]piKey|[aA]uthToken)\b{COUNTED}"),
        (SHOWN, r"console\.\w+\(\s*(?:process\.env|client)\s*[,)]"),
    ),
    "shell": (
        (OFF, r"--no-check-certificate|--trusted-host|-SkipCertificateCheck|ServerCertificateValidationCallback"),
    ),
    "bash": (
        (SHOWN, rf"\b(?:echo|printf)\b[^\n|;]*\$\{{?(?i:{VARIABLE})(?!:?\+)[^\n|;]*(?:[\n;]|\|\||$)"),
        (SHOWN, rf"\bprintenv\s+{VARIABLE}|^\s*(?:env|printenv|set|export -p)\s*(?:\||$)"),
        (HIDDEN, r"\|\|\s*(?:true|:)\s*(?:[;#)]|$)"),
    ),
    "powershell": (
        (SHOWN, rf"(?i)^\s*(?:(?:Write-Host|Write-Output|echo)\s[^\n]*)?[\"']?\$env:{VARIABLE}[\"']?\s*$"),
        (SHOWN, r"(?i)(?:Get-ChildItem|gci|dir|ls)\s+env:"),
        (HIDDEN, r"(?i)\bcatch\s*\{\s*\}|SilentlyContinue"),
    ),
    "cmd": ((SHOWN, rf"(?i)\becho\b[^\n]*%{VARIABLE}%|^\s*set(?:\s+ANTHROPIC\w*)?\s*$"),),
}
CONTINUED = re.compile(r"[\\^`]\n")
BETWEEN_COMMANDS = re.compile(r"\n|\||;|&&")
OPTION = re.compile(r"(?<=\s)-\S+")
SENDS_KEY = re.compile(rf"(?i)(?:x-api-key|authorization):[^\n]*[$%]\S*{VARIABLE}")
COMPILED = {group: [(why, re.compile(rule, re.MULTILINE)) for why, rule in rules] for group, rules in RULES.items()}


def check_snippets(rows: Sequence[Row]) -> list[str]:
    """Each snippet with each reason once, and those called runnable that no test can run."""
    return [mistake for row in rows if row.model == "kb.snippet" for mistake in _snippet(row)]


def faults(language: str, code: str) -> list[str]:
    """Why code in a language is refused; empty when it is fine."""
    groups = ("any", language, *(("shell",) if language in SHELLS else ()))
    found = [why for group in groups for why, rule in COMPILED.get(group, ()) if rule.search(code)]
    if language == "python":
        found += python_faults(code)
    if language in SHELLS:
        found += [why for command in BETWEEN_COMMANDS.split(CONTINUED.sub(" ", code)) for why in _curl(command)]
    return list(dict.fromkeys(found))


def _curl(command: str) -> Iterator[str]:
    """`-k` alone or among short options; `-v` and `--trace` print the headers that were sent."""
    if not re.search(r"\bcurl(?:\.exe)?\s", command):
        return
    options = OPTION.findall(command)
    short = "".join(option[1:] for option in options if re.fullmatch("-[A-Za-z]+", option))
    if "k" in short or {"--insecure", "--proxy-insecure"} & set(options):
        yield OFF
    if SENDS_KEY.search(command) and ("v" in short or any(o.startswith(("--verbose", "--trace")) for o in options)):
        yield SHOWN


def _snippet(row: Row) -> Iterator[str]:
    language = row.fields["language"]
    for why in faults(language, row.fields["code"]):
        yield f"{place(row, 'code')}: {why}"
    if row.fields.get("runnable") and language not in EXECUTED:
        yield f"{place(row, 'runnable')}: the tests run {', '.join(EXECUTED)} only, not {language}"
