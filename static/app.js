// Progressive enhancement: every page works without this file.
import { redact } from "./redact.js";

const said = document.getElementById("said");
let hide;

function say(text) {
  said.textContent = text;
  said.classList.add("on");
  clearTimeout(hide);
  hide = setTimeout(() => said.classList.remove("on"), 1600);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent);
    say(said.dataset.copied);
  });
}

for (const link of document.querySelectorAll("[data-lang]")) {
  link.addEventListener("click", () => {
    document.cookie = `kb_lang=${link.dataset.lang}; path=/; max-age=31536000; samesite=lax`;
  });
}

// Head and tail of a text that is over the limit, in UTF-8 bytes; the server would cut it the same way.
function trim(text, limit) {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= limit) return text;
  const half = Math.floor((limit - 5) / 2);
  const decode = (part) => new TextDecoder().decode(part).replaceAll("\ufffd", "");
  return `${decode(bytes.slice(0, half))}\n…\n${decode(bytes.slice(-half))}`;
}

for (const form of document.querySelectorAll("[data-paste]")) {
  const area = form.querySelector("textarea");
  form.addEventListener("submit", () => {
    area.value = redact(trim(area.value, Number(form.dataset.limit))).text;
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("dropping");
  });
  area.addEventListener("dragleave", () => form.classList.remove("dropping"));
  area.addEventListener("drop", async (event) => {
    form.classList.remove("dropping");
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    const limit = Number(form.dataset.limit);
    const tail = file.size > limit ? await file.slice(-limit).text() : "";
    area.value = trim((await file.slice(0, limit).text()) + tail, limit);
  });
}

// A permalink may name a client: open its panel and bring it into view.
const asked = new URLSearchParams(location.search).get("client");
const panel = asked && document.getElementById(`client-${asked}`);
if (panel && location.hash === "#client") panel.scrollIntoView({ block: "start" });
