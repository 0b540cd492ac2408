// Secrets out, before the form is sent. The twin of redact.py and secret.py in kb/lookup, function for function; held to
// tests/redaction_vectors.json as they are. No expression looks behind, so that older Safari can read this file.

// Kind, the fewest characters after the prefix, the length of an issued key (0: it varies), prefixes: the longer first.
const TABLE = [
  ["anthropic-api-key", 8, 108, "sk-ant-api"],
  ["anthropic-oauth-token", 8, 108, "sk-ant-oat"],
  ["anthropic-refresh-token", 8, 108, "sk-ant-ort"],
  ["anthropic-admin-key", 8, 0, "sk-ant-admin"],
  ["anthropic-session-key", 8, 0, "sk-ant-sid"],
  ["anthropic-key", 8, 0, "sk-ant-"],
  ["openrouter-key", 12, 73, "sk-or-v1-", "sk-or-"],
  ["openai-key", 12, 0, "sk-proj-", "sk-svcacct-", "sk-admin-"],
  ["api-key", 16, 51, "sk-"],
  ["api-key", 16, 0, "gsk_", "xai-", "hf_", "pplx-", "nvapi-", "sk_live_", "sk_test_"],
  ["github-token", 16, 93, "github_pat_"],
  ["github-token", 16, 40, "ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
  ["gitlab-token", 16, 0, "glpat-"],
  ["slack-token", 16, 0, "xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-"],
  ["google-key", 30, 39, "AIza"],
  ["google-token", 16, 0, "ya29."],
  ["aws-access-key", 16, 20, "AKIA", "ASIA"],
  ["bedrock-key", 20, 0, "ABSK", "bedrock-api-key-"],
  ["npm-token", 16, 40, "npm_"],
  ["relay-key", 32, 67, "cr_"],
  ["jwt", 20, 0, "eyJ"],
];
const PREFIXES = new Map(
  TABLE.flatMap(([kind, least, whole, ...prefixes]) => prefixes.map((prefix) => [prefix, { kind, least, whole }])),
);
const PRIVATE_KEY = { kind: "private-key", least: 16, whole: 0 };
const LIMIT = 8000; // characters after which a wrapped key ends; tokens in one piece may be longer
const PADDED = String.raw`(?:={1,2}(?=[\s"'` + "`" + String.raw`,;)}\]]|$))?`;
const KEY = /[A-Za-z0-9_-]+/y;
const DOTTED = /[A-Za-z0-9_.-]+/y;
const VALUE = new RegExp(`[A-Za-z0-9_+/.~-]+${PADDED}`, "y");
const RUNS = { jwt: DOTTED, "google-token": DOTTED, "bedrock-key": VALUE, "private-key": VALUE };

// The view: what terminals, serializers, editors and input methods do to a key is undone.
const FORMS = /[\uff01-\uff5e\u00a0\u202f\u3000‐‑‒–—―−﹣“”„‘’‚]/g;
const FORM = { "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "\u00a0": " ", "\u202f": " ", "\u3000": " " };
const BACKSLASHES = /\\{2,}/g;
const INVISIBLE = new RegExp(
  "[\\0-\\x08\\x0b\\x0c\\x0e-\\x1a\\x1c-\\x1f\\x7f\\xad\\u034f\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]" +
    String.raw`|(?:\x1b|\u241b|\\(?:x1[bB]|u001[bB]|033|e))\[[0-9;:?]{0,20}[A-Za-z]|\[[0-9;]{1,12}m` +
    String.raw`|\x1b\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)|\\u(?:00[aA][dD]|200[b-fB-F]|20[26][0-9a-eA-E]|[fF][eE][fF]{2})`,
  "g",
);
const SEQUENCE = /\x1b|\\(?:x1[bB]|u001[bB]|033|e)\[/; // may take a key with it, as the title of a terminal
const ESCAPE = /[\\%](u[0-9a-fA-F]{4}|x?[2-7][0-9a-fA-F]|[nrt"'`/_.-])/g;
const ESCAPED = { n: "\n", r: "\r", t: " " };

// A wrap: the line ended inside the key. A quote closes the line only where another opens the next.
const END = String.raw`(?:\r\n?|\n)`;
const BORDER = "\u2500-\u259f|";
const QUOTE = "[\"'`]";
const MARGIN =
  String.raw`(?:[0-9]{1,6}[ \t]{0,8}[${BORDER}:])?[ \t${BORDER}"'` +
  "`" +
  String.raw`>»❯#*/;%+\\⎿⏺●•]{0,100}(?:--[ \t]{1,20})?`;
const QUOTED = String.raw`${QUOTE}[ \t+\\]{0,20}${END}[ \t]{0,100}${QUOTE}`;
const BREAK = String.raw`[ \t${BORDER}\\↩⏎]{0,100}(?:${QUOTED}|${END}[ \t]{0,100}${MARGIN})`;
const WRAP = new RegExp(BREAK, "y");
const WRAPS = new RegExp(`([A-Za-z0-9_.+/=~-])${BREAK}`, "g");
const SPACES = / {1,2}(?:- {1,2}){0,2}/y; // that OCR puts beside hyphens
const BLOCK = " [A-Z ]{0,20}PRIVATE KEY[A-Z ]{0,6}-----";
const spaced = (prefix) => prefix.replace(".", "\\.").replaceAll("-", " ?- ?");
const START = [...[...PREFIXES.keys()].map(spaced), `-----BEGIN${BLOCK}`].join("|");
const STARTS = new RegExp(START, "g");
const STARTS_HERE = new RegExp(START, "y");
const BLOCK_END = new RegExp(`-----END${BLOCK}`, "g");

// After a wrap: what is no key, and what shows that a run stands where the rest of one would.
const ELSE = new RegExp(
  "^(?:(?:req|toolu|srvtoolu|msg|call|file|org|wrkspc)_|(?:claude|gpt|chatcmpl)-|https?$|[0-9]{4}-[0-9]{2}|0x[0-9a-f]+$" +
    "|-----|[0-9a-f]{8}-[0-9a-f]{4}-" +
    "|.{0,40}(?:error|exception|warning|traceback|failed|denied|unauthorized|forbidden)$)",
  "i",
);
const OPENS = /["'`]?[ \t]{0,4}[:=(]|\.[A-Za-z0-9_[]/y;
const CLOSED = /["'`,;)\]}]|\. /y;
const ALONE = new RegExp(String.raw`["'` + "`" + String.raw`,;)\]}. \t${BORDER}\\+]{0,100}(?:[\r\n]|$)`, "y");
const ALL_SORTS = /^(?=.{0,60}[a-z])(?=.{0,60}[A-Z])(?=.{0,60}[0-9]).{8}/;
const NOT_HEX = /[g-zG-Z]/;
const TOKEN = /[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g;
const MIXED = /[A-Za-z][0-9]|[0-9][A-Za-z]/;
const LETTER_AFTER_DIGIT = /[0-9][A-Za-z]/;
const PAIR = /(?=[a-z][a-z])/g;
// Pairs of letters that are common in English and code. Random letters seldom keep to them.
const COMMON = new RegExp(
  "(?=a[bcdgilmnprstuv]|b[aeilu]|c[aehiklortu]|d[adeiosu]|e[acdefglmnprstvwx]|f[aefilor]|g[eis]|h[aeio]|" +
    "i[abcdefglmnoprstvz]|ke|l[adeilostuy]|m[aeiop]|n[acdefgiostu]|o[cdlmnoprstuw]|p[aeiloprt]|qu|" +
    "r[acdegimorsty]|s[acehiopstu]|t[aehiorstuy]|u[belmnprst]|v[aei]|w[ai]|xt|yp|ze)",
  "g",
);

// Keys without a prefix are told by what stands before them.
const SIGN =
  String.raw`["'][ \t]{0,4},[ \t]{0,4}b?["']|["']?[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}\[?b?` + `${QUOTE}?`;
const SET = String.raw`(?:${SIGN})(?:(?:Bearer|Basic|Token)[ \t]{1,4})?`;
const shown = (least) => `(?!redacted:)([A-Za-z0-9_+/.~-]{${least},400}${PADDED})`;
const NAMES = "(?:(?:access|api|secret)[ _-]?key(?: provided)?|token|secret|authorization|passw(?:or)?d|[?&;]key)";
const BEFORE = String.raw`(?:\bBearer|-(?:key|token|secret|password)|\bsetx \w{1,60})[ \t]{1,4}["']?`;
const AZURE = String.raw`(?:(?:^|[^\w-])api-|subscription-|azure\w{0,20})key`;
const NAMED = [
  ["aws-session-token", new RegExp(`(?:aws|amz)[_-](?:session|security)[_-]token${SET}${shown(8)}`, "gi")],
  ["azure-key", new RegExp(String.raw`${AZURE}${SET}([0-9a-f]{32}|\w{84})\b`, "gi")],
  ["secret", new RegExp(`${NAMES}${SET}${shown(8)}`, "gi")],
  ["secret", new RegExp(`(?:KEY|TOKEN|SECRET|PASSWORD)${SET}${shown(8)}`, "g")],
  ["secret", new RegExp(`${BEFORE}${shown(16)}`, "gi")],
];
const NO_VALUE = /^(?:AWS4-|https?:|[xX.-]+$|[A-Za-z_]{1,30}\.[A-Za-z_.]{1,40}$)/;
const LOGIN = /(:\/\/[^\s/@:"'<>[]{0,200}:(?!\*|pass(?:word|wd)?@))([^\s/"'<>[]{1,200})@/g;
const PLACEHOLDER = /your|example|placeholder|dummy|x{4}/i;
const MASK = /[*•…●·(]|\.\.\./y;

/** The text with every secret replaced by `[redacted:<kind>]`, and what was taken out, counted by kind. */
export function redact(text) {
  let out = "";
  let done = 0;
  const kinds = new Map();
  for (const { start, end, kind, live } of find(text)) {
    out += `${text.slice(done, start)}[redacted:${kind}]`;
    done = end;
    const row = kinds.get(kind) ?? { kind, count: 0, live: false };
    kinds.set(kind, { kind, count: row.count + 1, live: row.live || live });
  }
  return { text: out + text.slice(done), redactions: [...kinds.values()] };
}

/** Every secret of the text, in order, without overlaps. */
function find(source) {
  const { text, at } = viewOf(source);
  const seen = standingIn(text).map((secret) => ({ ...secret, start: at[secret.start], end: at[secret.end] }));
  return SEQUENCE.test(source) ? merged([...seen, ...standingIn(source)]) : seen;
}

/** The secrets of a text as it is. */
function standingIn(text) {
  const prefixed = [...withPrefix(text)].reverse();
  const taken = prefixed.map((secret) => secret.start);
  return merged([...prefixed, ...named(text, taken), ...logins(text)]);
}

/** `at[i]` is where `text[i]` stood in the source. */
function viewOf(source) {
  const at = Array.from({ length: source.length + 1 }, (_, index) => index);
  let view = { text: source.replace(FORMS, usual), at };
  view = substitute(view, BACKSLASHES, () => "\\");
  view = substitute(view, INVISIBLE, () => "");
  view = substitute(view, ESCAPE, (match) => unescaped(match[1]));
  return { text: view.text.replace(FORMS, usual), at: view.at };
}

function usual(char) {
  const code = char.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : (FORM[char] ?? "-");
}

function unescaped(name) {
  if (name.length === 1) return ESCAPED[name] ?? name;
  const char = String.fromCharCode(parseInt(name.replace(/^[ux]/, ""), 16));
  return name[0] === "u" && char !== "\n" && /[\0-\x1f\x7f-\xa0\ud800-\udfff]/.test(char) ? " " : char;
}

/** Every match replaced by what `replacement` makes of it: nothing, or one character that stands where the match did. */
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

/** In order; two that overlap become one that covers both and keeps the kind of the first. */
function merged(secrets) {
  const kept = [];
  for (const secret of secrets.sort((a, b) => a.start - b.start)) {
    const last = kept.at(-1);
    if (last && secret.start < last.end) {
      kept[kept.length - 1] = { ...last, end: Math.max(last.end, secret.end), live: last.live || secret.live };
    } else {
      kept.push(secret);
    }
  }
  return kept;
}

/** The last first: each is read no further than the prefix after it. */
function* withPrefix(text) {
  const at = Array.from({ length: text.length + 1 }, (_, index) => index);
  const joined = substitute({ text, at }, WRAPS, (match) => match[1]);
  let stop = text.length;
  for (const match of [...joined.text.matchAll(STARTS)].reverse()) {
    const prefix = match[0].replaceAll(" ", "");
    const { kind, least, whole } = PREFIXES.get(prefix) ?? PRIVATE_KEY;
    const start = joined.at[match.index];
    const body = joined.at[match.index + match[0].trimEnd().length - 1] + 1;
    const inside = kind === "jwt" ? /[A-Za-z0-9.]/ : /[A-Za-z0-9]/;
    if (!prefix.startsWith("sk-ant-") && inside.test(text.slice(Math.max(start - 1, 0), start))) continue;
    const { end, material } = read(text, RUNS[kind] ?? KEY, start, body, stop, whole - prefix.length);
    const block = kind === "private-key" ? blockEnd(text, body, Math.min(stop, body + LIMIT)) : 0;
    // Words, as in `sk-estimator-container`, `ASIA-PACIFIC-REGION` or `the sk-ant-prefixed ones`, are no key.
    const told = material.length >= 16 && (prefix.startsWith("sk-ant-") || /^[A-Za-z0-9]+={0,2}$/.test(material));
    if (block || (material.length >= least && (told || !readsAsWords(material, 0.6)))) {
      const long = prefix.length + material.length >= Math.min(40, whole || 40);
      yield secret(text, start, block || end, kind, long);
    }
    stop = start;
  }
}

function blockEnd(text, start, stop) {
  const match = matchAt(BLOCK_END, text, start, stop);
  return match ? match.index + match[0].length : 0;
}

/** The match at or, for an expression that is not sticky, after `position` that ends no later than `stop`. */
function matchAt(pattern, text, position, stop = text.length) {
  pattern.lastIndex = position;
  return pattern.exec(stop < text.length ? text.slice(0, stop) : text);
}

/** Where a key ends, and its material after the prefix, across wraps and the spaces of OCR, but before `stop`. */
function read(text, runs, start, body, stop, whole) {
  let material = matchAt(runs, text, body, stop)?.[0] ?? "";
  let end = body + material.length;
  let above = [0, 0];
  let begun = Math.max(text.slice(start, body).lastIndexOf("\n") + 1 + start, start);
  while (material.length < LIMIT) {
    const wrap = matchAt(WRAP, text, end);
    const gap = wrap ?? matchAt(SPACES, text, end);
    const run = gap && matchAt(runs, text, end + gap[0].length, stop);
    if (!run) break;
    const piece = { text: run[0], start: run.index, end: run.index + run[0].length };
    const last = wrap ? extent(text, begun, end) : above;
    if (!(wrap ? fitsBelow(text, piece, material, whole, above, last) : fitsNext(text, piece, text[end - 1]))) break;
    if (wrap) begun = piece.start;
    above = last;
    material += piece.text;
    end = piece.end;
  }
  const dots = material.length - material.replace(/\.{1,400}$/, "").length;
  return { end: end - dots, material };
}

/** The length of a key's piece on one line, and the column where it ends. */
function extent(text, start, end) {
  return [end - start, end - text.lastIndexOf("\n", end - 1)];
}

const alike = (one, other) => one[0] === other[0] || one[1] === other[1];

/** OCR puts spaces beside hyphens; so do options (`-H`) and dashes. */
function fitsNext(text, piece, before) {
  const run = piece.text;
  const told = run.endsWith("-") || (run.length < 8 ? MIXED.test(run) : !readsAsWords(run, 0.6));
  return told && run.length > 1 && (before === "-" || run[0] === "-") && !matchAt(OPENS, text, piece.end);
}

/** The rest of a key fills its line as the piece above did, repeats what was before, or is no word. */
function fitsBelow(text, piece, material, whole, above, last) {
  const run = piece.text;
  const alone = matchAt(ALONE, text, piece.end) !== null;
  const closed = alone || matchAt(CLOSED, text, piece.end) !== null;
  const words = readsAsWords(run, closed ? 0.8 : 0.6);
  const wrapped = alike(above, last);
  const repeats = run.length > (closed ? 2 : 5) && material.includes(run.slice(0, 6));
  const opens = matchAt(OPENS, text, piece.end) && (words || !(wrapped || ALL_SORTS.test(run)));
  if (ELSE.test(run) || matchAt(STARTS_HERE, run, 0) || opens) return false;
  if (repeats || material.length + run.length === whole) return true;
  if (alone && alike(last, extent(text, piece.start, piece.end))) return true;
  if (!wrapped && NOT_HEX.test(material) && !NOT_HEX.test(run)) return false; // a hash, or a number
  return (wrapped && closed) || (run.length < 8 ? closed && MIXED.test(run) : !words);
}

/** Whether so many of its characters are letters, and of its pairs of letters common. A few digits are no key. */
function readsAsWords(run, share) {
  const head = run.slice(0, 64);
  const tokens = head.match(TOKEN) ?? [];
  const words = tokens.join(" ").toLowerCase();
  const letters = words.replace(/[^a-z]/g, "").length;
  const known = tokens.join("").length;
  if (!letters || 2 * known <= head.length) return head.length < 16;
  const repeats = head.slice(0, -4).includes(head.slice(-4));
  if (LETTER_AFTER_DIGIT.test(head) || repeats || 3 * tokens.length > head.length + 1) return false;
  return letters >= share * known && count(COMMON, words) >= share * count(PAIR, words);
}

const count = (pattern, text) => [...text.matchAll(pattern)].length;

/** Values that stand where a key stands, up to the next prefix. Those that begin with one are only made whole. */
function* named(text, taken) {
  for (const [kind, pattern] of NAMED) {
    let match = matchAt(pattern, text, 0);
    while (match) {
      const start = match.index + match[0].length - match[1].length;
      const stop = taken[after(taken, start)] ?? text.length;
      const value = match[1].slice(0, stop - start).split("...")[0].replace(/\.{1,400}$/, "");
      const masked = matchAt(MASK, text, start + value.length) !== null;
      let end = start;
      if (value.length >= (masked ? 16 : 8) && !NO_VALUE.test(value) && !readsAsWords(value, 0.6)) {
        const walks = !masked && taken[after(taken, start) - 1] !== start;
        end = walks ? read(text, VALUE, start, start, stop, 0).end : start + value.length;
        yield secret(text, start, end, kind, value.length >= 24);
      }
      match = matchAt(pattern, text, end);
    }
  }
}

/** How many of the ascending `numbers` are not greater than `number`. */
function after(numbers, number) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* logins(text) {
  for (const match of text.matchAll(LOGIN)) {
    const start = match.index + match[1].length;
    yield secret(text, start, start + match[2].length, "password", false);
  }
}

function secret(text, start, end, kind, long) {
  return { start, end, kind, live: long && !PLACEHOLDER.test(text.slice(start, end)) };
}
