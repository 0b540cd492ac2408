// The key and address check in the browser: nothing is sent. Texts stand on the page; this shows the ones that apply.
import { check, fill } from "./endpoints.js";

const form = document.querySelector("[data-tables]");
const tables = JSON.parse(form.dataset.tables);
const { url, key } = form.elements;
const found = document.querySelector(".checked");

function show(attribute, applies) {
  for (const part of found.querySelectorAll(`[data-${attribute}]`)) part.hidden = !applies(part.dataset[attribute]);
}

function answer() {
  const verdict = check(tables, url.value, key.value);
  show("verdict", (code) => code === verdict.verdict);
  show("revoke", () => verdict.verdict === "mismatch");
  show("platform", (slug) => slug === verdict.platform);
  show("key", (slug) => slug === verdict.key);
  show("finding", (code) => verdict.findings.includes(code));
  show("line", (speaks) => verdict.root !== "" && ["both", speaks].includes(verdict.speaks));
  show("lines", () => verdict.root !== "");
  for (const code of found.querySelectorAll("[data-template]")) {
    code.textContent = verdict.root && fill(code.dataset.template, verdict.root);
  }
  found.hidden = !url.value.trim() && !key.value.trim();
}

document.querySelector("[data-scripted]").hidden = false;
document.querySelector("[data-unscripted]").hidden = true;
form.addEventListener("input", answer);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  answer();
});
if (url.value || key.value) answer();
