// Secrets out, before the form is sent. The twin of kb/lookup/redact.py; both are held to tests/redaction_vectors.json.

// Prefixes of keys, the kind they announce, and the fewest characters of material that make one. Longest prefix first.
const PREFIXES = [
  ["sk-ant-api", "anthropic-api-key", 8],
  ["sk-ant-oat", "anthropic-oauth-token", 8],
  ["sk-ant-ort", "anthropic-refresh-token", 8],
  ["sk-ant-admin", "anthropic-admin-key", 8],
  ["sk-ant-", "anthropic-key", 8],
  ["sk-or-", "openrouter-key", 12],
  ["sk-proj-", "openai-key", 12],
  ["sk-svcacct-", "openai-key", 12],
  ["sk-", "api-key", 16],
  ["github_pat_", "github-token", 20],
  ["ghp_", "github-token", 20],
  ["gho_", "github-token", 20],
  ["ghs_", "github-token", 20],
  ["glpat-", "gitlab-token", 20],
  ["xoxb-", "slack-token", 20],
  ["xoxp-", "slack-token", 20],
  ["npm_", "npm-token", 20],
  ["ya29.", "google-token", 20],
  ["AIza", "google-key", 30],
  ["ABSK", "bedrock-key", 30],
  ["AKIA", "aws-access-key", 16],
  ["ASIA", "aws-access-key", 16],
  ["cr_", "relay-key", 32],
  ["gsk_", "api-key", 20],
  ["xai-", "api-key", 20],
  ["hf_", "api-key", 20],
  ["eyJ", "jwt", 40],
];
const LIMIT = 2000; // characters after which a wrapped key ends; tokens in one piece may be longer
const ANTHROPIC_LENGTH = 108; // of a whole sk-ant-api03- key, as issued in 2024-2026

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|\x1b\[[0-9;?]{0,20}[A-Za-z]/g;
const ESCAPE = /(?<!\\)\\+(u[0-9a-fA-F]{4}|[-_/.])/g;
const BREAK = String.raw`[ \t│┃|]{0,200}(?:\r?\n|\\{1,8}r?n|\\{1,8}r\\{1,8}n)[ \t│┃|>#*]{0,200}`;
const WRAP = new RegExp(BREAK, "y");
const WRAPS = new RegExp(BREAK, "g");
const START = new RegExp(
  PREFIXES.map(([prefix]) => [...prefix.replace(".", "\u0000")].join(`(?:${BREAK})?`).replace("\u0000", "\\.")).join("|"),
  "g",
);
const BLOCK = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]{0,20000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$(?![^]))/dg;
const LOGIN = /:\/\/[^\s/@:"'<>]{0,64}:([^\s/@"'<>]{3,200})@/dg;
const MATERIAL = /[A-Za-z0-9_-]+/y;
const JWT_MATERIAL = /[A-Za-z0-9_.-]+/y;
const ALONE = /["'`,;)\]} \t│┃|]*(?:\r?\n|$)/y;
const WORD = /^[A-Z]?[a-z]{1,11}$/;
const DATE = /^(?:\d{4}-\d\d|\d\d-\d\d)/;
const NAMED = new RegExp(
  String.raw`(?:x-api-key|api[_-]?key|auth[_-]?token|secret[_-]?(?:access[_-]?)?key|session[_-]?token|authorization|password|passwd` +
    String.raw`|ANTHROPIC_\w{0,20}(?:KEY|TOKEN))["']?[ \t]{0,8}(?:[:=]|=>)[ \t]{0,8}["']?(?:(?:Bearer|Basic)[ \t]{1,4})?` +
    String.raw`([A-Za-z0-9_+/=.~-]{8,})|\bBearer[ \t]{1,4}([A-Za-z0-9_+/=.~-]{16,})`,
  "gid",
);
const PLACEHOLDER = /your|example|placeholder|dummy|x{4}|\.\.\.|header|required|not-a-key|env\.|environ|process\./i;

/** The text with every secret replaced by `[redacted:<kind>]`, and what was taken out, counted by kind. */
export function redact(text) {
  const found = find(text);
  let out = "";
  let done = 0;
  const kinds = new Map();
  for (const { start, end, kind, live } of found) {
    out += `${text.slice(done, start)}[redacted:${kind}]`;
    done = end;
    const row = kinds.get(kind) ?? { kind, count: 0, live: false };
    kinds.set(kind, { kind, count: row.count + 1, live: row.live || live });
  }
  return { text: out + text.slice(done), redactions: [...kinds.values()] };
}

/** Every secret of the text, in order, without overlaps. */
function find(text) {
  const view = viewOf(text);
  const found = [
    ...withPrefix(view),
    ...namedValues(view),
    ...whole(view, BLOCK, 0, "private-key"),
    ...whole(view, LOGIN, 1, "password"),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept = [];
  for (const secret of found) {
    if (!kept.length || secret.start >= kept.at(-1).end) kept.push(secret);
  }
  return kept;
}

/** Escapes, full-width forms and invisible characters undone; `at[i]` is where `text[i]` stood in the source. */
function viewOf(source) {
  const wide = (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0);
  const folded = source.replace(/[\uff01-\uff5e]/g, wide).replace(/[\u2010\u2011]/g, "-").replace(/\u3000/g, " ");
  const whole = { text: folded, at: Array.from({ length: folded.length + 1 }, (_, index) => index) };
  return substitute(substitute(whole, INVISIBLE, () => ""), ESCAPE, (match) => {
    return match[1].length === 5 ? String.fromCharCode(parseInt(match[1].slice(1), 16)) : match[1];
  });
}

function substitute({ text, at }, pattern, replacement) {
  const parts = [];
  const positions = [];
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    const char = replacement(match);
    parts.push(text.slice(done, match.index), char);
    for (let index = done; index < match.index; index += 1) positions.push(at[index]);
    if (char) positions.push(at[match.index]);
    done = match.index + match[0].length;
  }
  for (let index = done; index <= text.length; index += 1) positions.push(at[index]);
  return { text: parts.join("") + text.slice(done), at: positions };
}

const secret = (view, start, end, kind, live) => ({ start: view.at[start], end: view.at[end - 1] + 1, kind, live });

function* withPrefix(view) {
  const { text } = view;
  let done = 0;
  for (const match of text.matchAll(START)) {
    const start = match.index;
    const [prefix, kind, least] = PREFIXES.find(([name]) => name === match[0].replace(WRAPS, ""));
    if (start < done || (kind === "api-key" && insideWord(text, start))) continue;
    const { end, material } = walk(text, start + match[0].length, prefix, kind);
    done = Math.max(end, start + match[0].length);
    if (material.length < least || (["api-key", "relay-key"].includes(kind) && !dense(material))) continue;
    const live = prefix.length + material.length >= 40 && !PLACEHOLDER.test(material);
    yield secret(view, start, end, kind, live);
  }
}

function insideWord(text, start) {
  const before = text.slice(Math.max(start - 2, 0), start);
  return /[\p{L}\p{N}]$/u.test(before) && !/^\\[nrt]$/.test(before);
}

function matchAt(pattern, text, position) {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

/** The end of the key that goes on at `position`, and its material, across terminal wraps. */
function walk(text, position, prefix, kind) {
  const run = kind === "jwt" ? JWT_MATERIAL : MATERIAL;
  let material = "";
  let end = position;
  while (material.length < LIMIT) {
    const chunk = matchAt(run, text, position)?.[0];
    if (chunk && (!material || goesOn(text, chunk, position + chunk.length, prefix + material))) {
      material += chunk;
      end = position + chunk.length;
    } else if (material) {
      break;
    }
    const wrap = matchAt(WRAP, text, end);
    if (!wrap || end + wrap[0].length === position) break;
    position = end + wrap[0].length;
  }
  return { end, material };
}

/** Whether the first run of the next line belongs to the key: it looks like key material, or stands alone. */
function goesOn(text, run, end, before) {
  if (before.length + run.length === ANTHROPIC_LENGTH || (run.length >= 6 && before.includes(run.slice(0, 6)))) return true;
  if (DATE.test(run) || [":", "(", ".", "="].includes(text[end])) return false;
  if (WORD.test(run) && dense(before)) return false;
  return dense(run) || run.length >= 24 || matchAt(ALONE, text, end) !== null;
}

/** Mixed as key material is: a digit beside letters, or a capital inside a word. */
function dense(run) {
  return (/[0-9]/.test(run) && /[A-Za-z]/.test(run)) || /[a-z][A-Z]/.test(run);
}

/** Secrets that a fixed form encloses: private key blocks, the password of an address. */
function* whole(view, pattern, group, kind) {
  for (const match of view.text.matchAll(pattern)) {
    if (!match[group].startsWith("[redacted:")) yield secret(view, ...match.indices[group], kind, false);
  }
}

function* namedValues(view) {
  for (const match of view.text.matchAll(NAMED)) {
    const group = match[1] ? 1 : 2;
    const value = match[group];
    if (PLACEHOLDER.test(value) || !dense(value) || value.startsWith("claude-")) continue;
    const [start, end] = match.indices[group];
    yield secret(view, start, end, "secret", value.length >= 24);
  }
}
