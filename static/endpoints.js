// Whether a base URL and the beginning of a key belong together. The twin of kb/lookup/endpoints.py and address.py,
// function for function; both are held to tests/endpoint_vectors.json.

export const KEY_LIMIT = 12;
export const URL_LIMIT = 300;
const KEY_LEAST = 6;
const ELSEWHERE = "relay";
const LOCAL = "local";
const NO_API = ["own", "none"];
const SIGNS = ["your", "xxxx", "***", "...", "…", "example"];

const INVISIBLE = /[\0-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const SPACE = /[ \t\r\n\f\v\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const WIDE = /[\uff01-\uff5e\u3000\u3002]/g;
const NARROW = { "\u3000": " ", "\u3002": "." };
const QUOTES = "\"'`“”‘’<>,;";
const BEFORE = /^(?:[^./]{1,80}?(?=https?:\/)|[a-z_]{3,60}=)/i;
const SCHEME = /^(https?)(?:[:;][/\\]{0,4}|[/\\]{1,4})/i;
const OTHER = /^[a-z][a-z0-9+.-]{0,20}:\/\//i;
const WRITTEN = /^https?:\/\//i;
const PARTS = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#[\s\S]*)?$/i;
const HOST = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_][a-z0-9._-]{0,252})(:[0-9]{1,5})?$/i;
const LOCALS = new RegExp(
  String.raw`^(?:localhost|127\.[0-9.]{1,11}|0\.0\.0\.0|10\.[0-9.]{1,11}|192\.168\.[0-9.]{1,7}` +
    String.raw`|172\.(?:1[6-9]|2[0-9]|3[01])\.[0-9.]{1,7}|\[::1\]|[a-z0-9_-]{1,63})$`,
);
const HOME = [".local", ".lan", ".internal", ".localhost"];
const SECRET = /(?:sk-|sk_|cr_|ABSK|AIza)[A-Za-z0-9_-]{16}/;
const SEGMENT = /^[A-Za-z0-9._~%@:+!,=-]{1,100}$/;
const NAMES = /anthropic|claude|openai|openrouter/;
const CALLS = [
  ["messages", "count_tokens"],
  ["messages", "batches"],
  ["chat", "completions"],
  ["messages"],
  ["completions"],
  ["complete"],
  ["responses"],
  ["models"],
];
const SITE = "console dashboard panel login register token tokens topup pricing docs keys".split(" ");
const NOTHING = { findings: [], verdict: "", platform: "", speaks: "", key: "", root: "" };

/** Read both. A key over KEY_LIMIT or an address over URL_LIMIT characters is refused unread. */
export function check(tables, url, key) {
  if ([...key].length > KEY_LIMIT) return { ...NOTHING, findings: ["key-long"] };
  if ([...url].length > URL_LIMIT) return { ...NOTHING, findings: ["url-long"] };
  const read = readAddress(url, tables.keys.flatMap((kind) => kind.prefixes));
  const platform = platformOf(tables, read);
  const known = ![ELSEWHERE, LOCAL].includes(platform.slug);
  const address = corrected(read, known ? platform.path : null, platform.speaks);
  const [kind, wrong] = kindOf(tables, key);
  return {
    findings: [...address.findings, ...wrong],
    verdict: verdictOn(tables, platform, kind),
    platform: platform.slug,
    speaks: platform.speaks,
    key: kind,
    root: address.host && !NO_API.includes(platform.speaks) ? rootOf(address) : "",
  };
}

/** A line of a client's settings for an address: {root}, {v1}, {host}. */
export function fill(template, root) {
  const host = root.slice(root.indexOf("://") + 3).split("/")[0];
  return template.replaceAll("{root}", root).replaceAll("{v1}", `${root}/v1`).replaceAll("{host}", host);
}

function matches(pattern, host) {
  const star = pattern.indexOf("*");
  if (star < 0) return host === pattern;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  return host.length >= head.length + tail.length && host.startsWith(head) && host.endsWith(tail);
}

function platformOf(tables, address) {
  if (!address.host) return { slug: "", path: "", speaks: "" };
  const known = tables.platforms.find((row) => row.hosts.some((pattern) => matches(pattern, address.host)));
  return known ?? { slug: address.local ? LOCAL : ELSEWHERE, path: "", speaks: "both" };
}

function kindOf(tables, given) {
  let [key, wrong] = plain(given);
  const findings = wrong.length ? ["key-dirty"] : [];
  if (key.toLowerCase().startsWith("bearer")) {
    key = key.slice("bearer".length).replace(/^:/, "");
    findings.push("key-bearer");
  }
  if (SIGNS.some((sign) => key.toLowerCase().includes(sign))) return ["", [...findings, "key-placeholder"]];
  if ([...key].length < KEY_LEAST) return ["", given ? [...findings, "key-short"] : findings];
  let best = ["", "unknown"];
  for (const kind of tables.keys) {
    for (const prefix of kind.prefixes) {
      if (key.startsWith(prefix) && prefix.length > best[0].length) best = [prefix, kind.slug];
    }
  }
  return [best[1], findings];
}

function verdictOn(tables, platform, key) {
  if (!platform.slug || !key) return "";
  const kind = tables.keys.find((row) => row.slug === key);
  if (!kind || kind.perhaps.includes(platform.slug)) return platform.speaks === "none" ? "wrong-host" : "unsure";
  if (!kind.platforms.includes(platform.slug)) return "mismatch";
  if (platform.speaks === "none") return "wrong-host";
  return [ELSEWHERE, LOCAL].includes(platform.slug) ? "likely" : "belongs";
}

function rootOf({ secure, local, host, port, path }) {
  return `${secure || !local ? "https" : "http"}://${host}${port}${path}`;
}

function corrected(address, path, speaks) {
  const { findings } = address;
  if (NO_API.includes(speaks)) {
    return { ...address, findings: findings.filter((name) => !["has-v1", "no-v1", "website-path"].includes(name)) };
  }
  if (path === null) {
    const odd = address.host && !address.local && NAMES.test(address.host);
    return { ...address, findings: odd ? [...findings, "not-official"] : findings };
  }
  const wrong = address.path !== path;
  return { ...address, findings: wrong ? [...findings, "platform-path"] : findings, path };
}

function plain(text) {
  return through(text, CLEANING);
}

function readAddress(given, keys) {
  const nothing = { secure: true, host: "", port: "", path: "", local: false };
  const [text, findings] = plain(given);
  if (!text) return { ...nothing, findings };
  const alone = !text.includes(".") && !text.includes("/") && keys.some((prefix) => text.startsWith(prefix));
  if (alone || SECRET.test(text)) return { ...nothing, findings: [...findings, "key-in-url"] };
  const [mended, more] = through(text, MENDING);
  return { ...nothing, ...parsed(mended, [...findings, ...more]) };
}

function parsed(text, before) {
  const [, scheme, authority, path, query, fragment] = PARTS.exec(text);
  const host = HOST.exec(authority.slice(authority.lastIndexOf("@") + 1));
  const findings = [...before, ...there([["userinfo", authority.includes("@")], ["query", query], ["hash", fragment]])];
  if (!host) return { findings: [...findings, "no-host"] };
  const name = host[1].toLowerCase();
  const local = LOCALS.test(name) || HOME.some((ending) => name.endsWith(ending));
  const secure = scheme.toLowerCase() === "https";
  if (!secure && !local) findings.push("http");
  const [rest, more] = pathOf(path);
  return { findings: [...findings, ...more], secure, host: name, port: host[2] ?? "", path: rest, local };
}

function pathOf(given) {
  const { segments, called, versions } = withoutCall(given.split("/").filter(Boolean));
  const odd = !segments.every((segment) => SEGMENT.test(segment));
  const site = segments.some((segment) => SITE.includes(segment.toLowerCase()));
  const bare = !called && !site && !odd;
  const marks = there([
    ["double-slash", given.includes("//")],
    ["trailing-slash", given.endsWith("/")],
    ["call-pasted", called],
    ["doubled-v1", versions > 1],
    ["has-v1", versions === 1 && bare],
    ["no-v1", versions === 0 && bare],
    ["odd-path", odd],
    ["website-path", site && !odd],
  ]);
  return [odd || site ? "" : segments.map((segment) => `/${segment}`).join(""), marks];
}

function withoutCall(given) {
  let segments = given;
  let called = false;
  let versions = 0;
  while (segments.length) {
    const lower = segments.map((segment) => segment.toLowerCase());
    const call = CALLS.find((names) => names.join("/") === lower.slice(-names.length).join("/"));
    if (!call && lower.at(-1) !== "v1") break;
    if (call) called = true;
    else versions += 1;
    segments = segments.slice(0, -(call ?? ["v1"]).length);
  }
  return { segments, called, versions };
}

function there(marks) {
  return marks.filter(([, holds]) => holds).map(([name]) => name);
}

function through(given, steps) {
  const findings = [];
  let text = given;
  for (const [name, step] of steps) {
    const changed = step(text);
    if (changed !== text) findings.push(name);
    text = changed;
  }
  return [text, findings];
}

function trimStart(text) {
  const chars = [...text];
  const start = chars.findIndex((char) => !QUOTES.includes(char));
  return start < 0 ? "" : chars.slice(start).join("");
}

function trim(text) {
  return [...trimStart([...trimStart(text)].reverse().join(""))].reverse().join("");
}

function withoutName(text) {
  const found = BEFORE.exec(text);
  return found ? trimStart(text.slice(found[0].length)) : text;
}

function tidyScheme(text) {
  const found = SCHEME.exec(text);
  if (!found) return text.replace(OTHER, "https://");
  const rest = text.slice(found[0].length);
  const again = SCHEME.exec(rest);
  const tidy = `${(again ?? found)[1].toLowerCase()}://${again ? rest.slice(again[0].length) : rest}`;
  return tidy.toLowerCase() === text.toLowerCase() ? text : tidy;
}

function withScheme(text) {
  if (WRITTEN.exec(text)) return text;
  const host = text.split(/[:/?#]/, 1)[0].toLowerCase();
  return `${LOCALS.test(host) ? "http" : "https"}://${text}`;
}

const CLEANING = [
  ["invisible", (text) => text.replace(INVISIBLE, "")],
  ["full-width", (text) => text.replace(WIDE, (char) => NARROW[char] ?? String.fromCharCode(char.charCodeAt(0) - 0xfee0))],
  ["spaces", (text) => text.replace(SPACE, "")],
  ["quotes", trim],
];
const MENDING = [
  ["text-before", withoutName],
  ["bad-scheme", tidyScheme],
  ["no-scheme", withScheme],
];
