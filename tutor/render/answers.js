"use strict";
const find = (name) => document.getElementById(name);
const rows = [...document.querySelectorAll(".row")];
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const statuses = find("statuses"), topic = find("topic"), search = find("search"), shown = find("shown");

const tally = (name) => rows.reduce((seen, row) => {
  const said = row.dataset[name];
  return said ? seen.set(said, (seen.get(said) || 0) + 1) : seen;
}, new Map());

for (const [name, count] of [...tally("status")].sort()) {
  const label = document.createElement("label"), box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name: "status", value: name, checked: true });
  label.append(box, `${name} (${count})`);
  statuses.append(label);
}
for (const [name, count] of [...tally("topic")].sort()) topic.append(new Option(`${name} (${count})`, name));

const boxes = [...statuses.querySelectorAll("input")];

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  let count = 0;
  for (const row of rows) {
    const fits = wanted.has(row.dataset.status) && (!topic.value || row.dataset.topic === topic.value)
      && words.every((word) => texts.get(row).includes(word));
    row.hidden = !fits;
    count += fits;
  }
  shown.textContent = `${count} of ${rows.length} rows`;
}

function remember() {
  const said = new URLSearchParams();
  if (search.value) said.set("q", search.value);
  if (topic.value) said.set("topic", topic.value);
  const wanted = boxes.filter((box) => box.checked);
  if (wanted.length < boxes.length) said.set("status", wanted.map((box) => box.value).join(","));
  history.replaceState(null, "", `#${said}`);
}

function recall() {
  const said = new URLSearchParams(location.hash.slice(1));
  search.value = said.get("q") || "";
  topic.value = said.get("topic") || "";
  if (topic.selectedIndex < 0) topic.value = "";
  const wanted = said.has("status") ? said.get("status").split(",") : null;
  for (const box of boxes) box.checked = !wanted || wanted.includes(box.value);
  filter();
}

const details = rows.map((row) => row.querySelector("details"));
const open = (yes) => { for (const one of details) one.open = yes; };
let waiting = 0;
search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { filter(); remember(); }, 120); });
for (const control of [statuses, topic]) control.addEventListener("change", () => { filter(); remember(); });
find("open").addEventListener("click", () => open(true));
find("close").addEventListener("click", () => open(false));
addEventListener("hashchange", recall);
addEventListener("beforeprint", () => open(true));
addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, select, textarea")) { event.preventDefault(); search.focus(); }
  if (event.key === "Escape" && event.target === search) { search.value = ""; filter(); remember(); }
});

find("tools").hidden = false;
document.querySelector("header").append(document.querySelector(".counts"));
if (rows.length > 3) open(false);
recall();
