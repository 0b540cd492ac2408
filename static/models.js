// The table of models, sorted and filtered where it stands; without this file the server does both.
const table = document.getElementById("models");
const body = table.tBodies[0];
const form = document.querySelector("[data-filters=models]");
const empty = document.querySelector("[data-empty=models]");
const headings = [...table.querySelectorAll("[data-sort]")];
const keys = {
  id: (row) => row.dataset.id,
  status: (row) => row.dataset.rank,
  date: (row) => row.dataset.date,
  context: (row) => Number(row.dataset.context),
};
let sort = new URLSearchParams(location.search).get("sort") ?? "";

function remember() {
  const asked = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && name !== "sort"));
  if (sort) asked.set("sort", sort);
  history.replaceState(null, "", `${location.pathname}${asked.size ? `?${asked}` : ""}${location.hash}`);
}

function filter() {
  const wanted = new FormData(form);
  for (const row of body.rows) {
    row.hidden = ["status", "family"].some((name) => wanted.get(name) && wanted.get(name) !== row.dataset[name]);
  }
  empty.hidden = [...body.rows].some((row) => !row.hidden);
}

function order(name) {
  sort = sort === name ? `-${name}` : name;
  const key = keys[name];
  const down = sort.startsWith("-") ? -1 : 1;
  const compare = (a, b) => (key(a) < key(b) ? -down : key(a) > key(b) ? down : 0);
  body.append(...[...body.rows].sort(compare));
  for (const link of headings) {
    const chosen = link.dataset.sort === name;
    link.closest("th").ariaSort = chosen ? (down < 0 ? "descending" : "ascending") : "none";
  }
}

// Rows that the server left out cannot be shown here: then the form asks it, as without this file.
const whole = !["status", "family"].some((name) => new URLSearchParams(location.search).get(name));
for (const link of headings) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    order(link.dataset.sort);
    remember();
  });
}
form.addEventListener("change", () => {
  if (!whole) {
    form.requestSubmit();
    return;
  }
  filter();
  remember();
});
form.querySelector("button").hidden = true;
