"""Code to copy never turns certificate checks off, prints a key or swallows an error."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from time import perf_counter

import pytest

from kb.content.check_snippets import HIDDEN, OFF, SHOWN, faults
from tests.content.workshop import Workshop
from tests.fixture_set import change

REFUSED = [
    (OFF, "python", "import httpx\nhttpx.get(url, verify=False)"),
    (OFF, "python", "import requests\nsession = requests.Session()\nsession.verify = False"),
    (OFF, "python", "context.check_hostname = False"),
    (OFF, "python", "context.verify_mode = ssl.CERT_NONE"),
    (OFF, "python", "context = ssl._create_unverified_context()"),
    (OFF, "python", "aiohttp.TCPConnector(ssl=False)"),
    (OFF, "python", "import os\nos.environ['PYTHONHTTPSVERIFY'] = '0'"),
    (OFF, "node", "const agent = new https.Agent({ rejectUnauthorized: false });"),
    (OFF, "node", 'const agent = new https.Agent({ "rejectUnauthorized": false });'),
    (OFF, "node", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = 0;"),
    (OFF, "node", "tls.connect({ checkServerIdentity: () => undefined });"),
    (OFF, "bash", "curl -k https://api.example.org/"),
    (OFF, "bash", "curl -sSk https://api.example.org/"),
    (OFF, "bash", "curl -sS \\\n  --insecure \\\n  https://api.example.org/"),
    (OFF, "bash", "export NODE_TLS_REJECT_UNAUTHORIZED=0"),
    (OFF, "bash", "PYTHONHTTPSVERIFY=0 python run.py"),
    (OFF, "bash", "npm config set strict-ssl false"),
    (OFF, "bash", "git config --global http.sslVerify false"),
    (OFF, "bash", "pip install --trusted-host pypi.org anthropic"),
    (OFF, "bash", "wget --no-check-certificate https://api.example.org/"),
    (OFF, "powershell", "curl.exe -sk https://api.example.org/"),
    (OFF, "powershell", "Invoke-RestMethod -SkipCertificateCheck https://api.example.org/"),
    (OFF, "cmd", "curl -sS ^\n  -k https://api.example.org/"),
    (OFF, "cmd", "set NODE_TLS_REJECT_UNAUTHORIZED=0"),
    (OFF, "json", '{"env": {"NODE_TLS_REJECT_UNAUTHORIZED": "0"}}'),
    (OFF, "json", '{"http.proxyStrictSSL": false}'),
    (SHOWN, "python", "import os\nprint(os.environ['ANTHROPIC_API_KEY'])"),
    (SHOWN, "python", "import os\nprint('key', os.environ.get('ANTHROPIC_API_KEY') or 'none')"),
    (SHOWN, "python", "import os\nkey = os.environ['ANTHROPIC_API_KEY'].strip()\nprint(f'key: {key}')"),
    (SHOWN, "python", "import os\nkey = os.environ['ANTHROPIC_API_KEY']\nprint('key: ' + key[:20])"),
    (SHOWN, "python", "import os\nkey = os.getenv('RELAY_TOKEN', '')\nprint(repr(key))"),
    (SHOWN, "python", "import os\nkey = os.getenv('RELAY_TOKEN', '')\nprint('{}'.format(key))"),
    (SHOWN, "python", "import os\nprint(os.environ)"),
    (SHOWN, "python", "import os\nprint(dict(os.environ))"),
    (SHOWN, "python", "print(client.api_key)"),
    (SHOWN, "python", "logging.info('using %s', api_key)"),
    (SHOWN, "python", "from getpass import getpass\nkey = getpass()\nraise SystemExit(f'bad key {key}')"),
    (SHOWN, "node", "console.log(process.env.ANTHROPIC_API_KEY);"),
    (SHOWN, "node", "console.log(`key: ${client.apiKey}`);"),
    (SHOWN, "node", "console.error('key', apiKey.slice(0, 20));"),
    (SHOWN, "node", "console.log(process.env);"),
    (SHOWN, "bash", 'echo "$ANTHROPIC_API_KEY"'),
    (SHOWN, "bash", "echo key: ${ANTHROPIC_API_KEY:0:20}"),
    (SHOWN, "bash", "printf '%s\\n' \"$RELAY_TOKEN\"; echo"),
    (SHOWN, "bash", 'key=$ANTHROPIC_API_KEY\necho "$key"'),
    (SHOWN, "bash", "printenv ANTHROPIC_API_KEY"),
    (SHOWN, "bash", "env | grep ANTHROPIC"),
    (SHOWN, "bash", 'curl -v https://api.example.org/ -H "x-api-key: $ANTHROPIC_API_KEY"'),
    (SHOWN, "bash", 'curl https://api.example.org/ -H "Authorization: Bearer $RELAY_TOKEN" \\\n  --trace-ascii -'),
    (SHOWN, "powershell", "$env:ANTHROPIC_API_KEY"),
    (SHOWN, "powershell", 'Write-Host "key: $env:ANTHROPIC_API_KEY"'),
    (SHOWN, "powershell", "Get-ChildItem Env:"),
    (SHOWN, "cmd", "echo %ANTHROPIC_API_KEY%"),
    (SHOWN, "cmd", "set ANTHROPIC"),
    (SHOWN, "cmd", 'curl -v https://api.example.org/ -H "x-api-key: %ANTHROPIC_API_KEY%"'),
    (HIDDEN, "python", "try:\n    run()\nexcept:\n    pass"),
    (HIDDEN, "python", "try:\n    run()\nexcept:\n    print('failed')"),
    (HIDDEN, "python", "try:\n    run()\nexcept anthropic.APIError:\n    pass"),
    (HIDDEN, "python", "for _ in range(3):\n    try:\n        run()\n    except Exception:\n        continue"),
    (HIDDEN, "python", "try:\n    run()\nexcept Exception:\n    ..."),
    (HIDDEN, "python", "with contextlib.suppress(Exception):\n    run()"),
    (HIDDEN, "node", "try { await run(); } catch {}"),
    (HIDDEN, "node", "try {\n  await run();\n} catch (error) {\n  // never mind\n}"),
    (HIDDEN, "node", "run().catch(() => {});"),
    (HIDDEN, "bash", "curl -sS https://api.example.org/ || true"),
    (HIDDEN, "powershell", "try { Run } catch { }"),
    (HIDDEN, "powershell", "Run -ErrorAction SilentlyContinue"),
]
FINE = [
    ("python", "# never verify=False\nhttpx.get(url, verify=context)\nprint('verify=False is no cure')"),
    ("python", "import os\nkey = os.environ['ANTHROPIC_API_KEY']\nprint(len(key), key.startswith('sk-ant-'))"),
    ("python", "import os\nkey = os.environ.get('ANTHROPIC_API_KEY')\nprint('set' if key else 'not set', bool(key))"),
    ("python", "import os\nprint(os.environ.get('SSL_CERT_FILE'))"),
    ("python", "for key, value in headers.items():\n    print(key, value)"),
    ("python", "print(message.usage.input_tokens)"),
    ("python", "try:\n    run()\nexcept Exception as error:\n    print(error)"),
    ("python", "try:\n    run()\nexcept:\n    close()\n    raise"),
    ("python", "try:\n    wait = float(header)\nexcept ValueError:\n    wait = 1.0"),
    ("python", "with contextlib.suppress(FileNotFoundError):\n    path.unlink()"),
    ("node", "console.log(process.env.ANTHROPIC_API_KEY?.length, apiKey ? 'set' : 'not set');"),
    ("node", "try { await run(); } catch (error) { console.error(error.message); }"),
    ("node", "run().catch((error) => { throw error; });"),
    ("bash", 'echo "length: ${#ANTHROPIC_API_KEY}, ${ANTHROPIC_API_KEY:+set}"'),
    ("bash", "printf '%s' \"$ANTHROPIC_API_KEY\" | tr '!-~' '*'"),
    ("bash", 'curl -sS https://api.example.org/v1/models -H "x-api-key: $ANTHROPIC_API_KEY" | grep -k x'),
    ("bash", "curl -v https://api.example.org/"),
    ("bash", 'echo "$ANTHROPIC_BASE_URL"\nset -eu\nexport ANTHROPIC_API_KEY'),
    ("powershell", "$env:ANTHROPIC_API_KEY = (Get-Clipboard -Raw).Trim()"),
    ("cmd", 'set "ANTHROPIC_API_KEY=YOUR-KEY"\nif defined ANTHROPIC_API_KEY (echo set)'),
    ("json", '{"env": {"ANTHROPIC_BASE_URL": "https://relay.example.org"}}'),
]


@pytest.mark.parametrize(("reason", "language", "code"), REFUSED)
def test_harmful_code_is_refused_with_the_reason(reason: str, language: str, code: str) -> None:
    assert faults(language, code) == [reason]


@pytest.mark.parametrize(("language", "code"), FINE)
def test_code_that_only_looks_like_it_is_fine(language: str, code: str) -> None:
    assert faults(language, code) == []


def test_python_that_does_not_parse_is_refused() -> None:
    assert faults("python", "print('a'\n") == ["is not Python: '(' was never closed (line 1)"]


def test_every_reason_is_told_once() -> None:
    code = dedent("""
        try:
            print(client.api_key, client.api_key)
        except:
            pass
        httpx.get(url, verify=False)
    """)
    assert sorted(faults("python", code)) == sorted([OFF, SHOWN, HIDDEN])


@pytest.mark.parametrize(("language", "code", "reason"), [
    ("python", "httpx.get('https://api.example.org', verify=False)\n", OFF),
    ("bash", "echo $ANTHROPIC_API_KEY\n", SHOWN),
    ("node", "try { run() } catch {}\n", HIDDEN),
])  # fmt: skip
def test_load_kb_names_the_snippet_and_changes_nothing(loaded: Workshop, language: str, code: str, reason: str) -> None:
    published = loaded.published()
    _edit(loaded.path("howtos.yaml"), language=language, code=code)
    refusal = loaded.refusal()
    assert f"howto-code: code: {reason}" in refusal.said
    assert "nothing was changed" in refusal.reason
    assert loaded.published() == published


@pytest.mark.parametrize("language", ["powershell", "cmd", "json"])
def test_only_what_a_test_can_run_may_be_called_runnable(loaded: Workshop, language: str) -> None:
    _edit(loaded.path("howtos.yaml"), language=language, code="{}\n", runnable=True)
    assert f"howto-code: runnable: the tests run python, node, bash only, not {language}" in loaded.refusal().said


@pytest.mark.parametrize("piece", ["catch {// ", "console.log(", "echo $", "curl -", "|| true ", "\\\n", "set \n"])
@pytest.mark.parametrize("language", ["python", "node", "bash", "powershell", "cmd"])
def test_no_code_takes_long_to_check(language: str, piece: str) -> None:
    began = perf_counter()
    faults(language, piece * (16_000 // len(piece)))
    assert perf_counter() - began < 5


def _edit(path: Path, **fields: object) -> None:
    def edit(rows: list[dict[str, dict[str, object]]]) -> None:
        rows[-1]["fields"].update(fields)

    change(path, edit)
