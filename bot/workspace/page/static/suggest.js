// External selects: what is typed is sent to the app, and what it offers is a list to choose from.

import { tried } from "./control.js";
import { begin, summed } from "./fields.js";
import { placed } from "./naming.js";
import { looking } from "./page.js";
import { tell } from "./trouble.js";

const WAIT_MS = 200;
let wait = 0;
let turn = 0;

const box = (event) => event.target.closest?.("[data-act=suggest]");
const listOf = (field) => field.parentElement.querySelector(".fits");

document.addEventListener("input", (event) => box(event) && soon(box(event)));
document.addEventListener("focusin", (event) => {
  const field = box(event);
  if (field && field.dataset.least === "0" && !field.value) soon(field);
});

function soon(field) {
  over();
  wait = setTimeout(() => suggest(field), WAIT_MS);
}

// What is still to come is wanted no more.
function over() {
  clearTimeout(wait);
  turn += 1;
}

async function suggest(field) {
  const list = listOf(field);
  const typed = field.value.trim();
  if ([...typed].length < Number(field.dataset.least)) {
    show(field, [note(typed ? list.dataset.few : "", list.id)]);
    return;
  }
  turn += 1;
  const mine = turn;
  field.setAttribute("aria-busy", "true");
  const answer = await tried("suggest", {
    user: looking.as,
    ...placed(field),
    action_id: field.dataset.action,
    block_id: field.dataset.block,
    value: typed,
  });
  field.removeAttribute("aria-busy");
  if (mine !== turn || document.activeElement !== field) return;
  if (!answer.ok) tell(answer, field);
  const there = new Set([...field.parentElement.querySelectorAll(".chips > li")].map((one) => one.dataset.value));
  const options = rows((answer.result ?? []).filter((one) => !there.has(one.value)), list.id);
  show(field, options.length ? options : [note(list.dataset.none, list.id)]);
}

// One below the other; those of a group within it, under its name.
function rows(options, list) {
  const all = [];
  for (const [at, option] of options.entries()) {
    const one = row(option, at, list);
    const name = option.group?.text;
    if (name && all.at(-1)?.ariaLabel !== name) all.push(group(name));
    if (name) all.at(-1).lastElementChild.append(one);
    else all.push(one);
  }
  return all;
}

function group(name) {
  const one = document.createElement("li");
  one.setAttribute("role", "group");
  one.ariaLabel = name;
  const said = document.createElement("p");
  said.className = "group";
  said.ariaHidden = "true";
  said.textContent = name;
  const held = document.createElement("ul");
  held.setAttribute("role", "none");
  one.append(said, held);
  return one;
}

function row(option, at, list) {
  const one = document.createElement("li");
  one.setAttribute("role", "option");
  one.id = `${list}-${at}`;
  one.dataset.value = option.value;
  one.append(option.text.text);
  if (option.description) {
    const more = document.createElement("small");
    more.textContent = option.description.text;
    one.append(more);
  }
  return one;
}

function note(words, list) {
  const one = document.createElement("li");
  one.id = `${list}-note`;
  one.className = "note";
  one.setAttribute("role", "option");
  one.setAttribute("aria-disabled", "true");
  one.textContent = words;
  return one;
}

function show(field, rows) {
  const list = listOf(field);
  list.replaceChildren(...rows);
  list.hidden = !rows.length || !rows[0].textContent;
  field.setAttribute("aria-expanded", String(!list.hidden));
  field.removeAttribute("aria-activedescendant");
  if (list.hidden) return;
  if (rows[0].matches(".note")) field.setAttribute("aria-activedescendant", rows[0].id); // so it is read out
  list.scrollIntoView({ block: "nearest" });
  field.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const field = box(event);
  if (!field || event.isComposing) return;
  const list = listOf(field);
  const rows = [...list.querySelectorAll("[data-value]")];
  const at = rows.findIndex((one) => one.id === field.getAttribute("aria-activedescendant"));
  if (event.key === "Escape" && !list.hidden) show(field, []);
  else if (event.key === "ArrowDown" && list.hidden) soon(field);
  else if (event.key === "ArrowDown") mark(field, rows, at + 1);
  else if (event.key === "ArrowUp") mark(field, rows, at < 0 ? rows.length - 1 : at - 1);
  else if (event.key === "Enter" && !list.hidden) choose(field, rows[at]);
  else if (event.key === "Backspace" && !field.value) unpick(field.parentElement.querySelector(".chips > li:last-child"), field);
  else return;
  if (event.key !== "Backspace") event.preventDefault();
});

function mark(field, rows, at) {
  const one = rows[(at + rows.length) % rows.length];
  for (const each of rows) each.setAttribute("aria-selected", String(each === one));
  if (!one) return;
  field.setAttribute("aria-activedescendant", one.id);
  one.scrollIntoView({ block: "nearest" });
}

function choose(field, row) {
  if (!row) return;
  over();
  begin(field.parentElement);
  const { value } = row.dataset;
  const words = row.firstChild.textContent;
  const chips = field.parentElement.querySelector(".chips");
  if (chips) {
    const chip = field.parentElement.querySelector("template.chip").content.firstElementChild.cloneNode(true);
    chip.dataset.value = value;
    chip.querySelector("span").textContent = words;
    const away = chip.querySelector("button");
    away.setAttribute("aria-label", away.getAttribute("aria-label").replace("{name}", words));
    chips.append(chip);
  }
  field.value = chips ? "" : words;
  field.dataset.value = value;
  field.dataset.shown = field.value;
  show(field, []);
  changed(field);
}

function unpick(chip, field) {
  if (!chip) return;
  begin(field.parentElement);
  chip.remove();
  changed(field);
  field.focus();
}

// The app is asked at once to keep what was chosen: its next offers may not have it any more.
function changed(field) {
  summed(field);
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest?.(".fits [data-value]");
  if (!row) return;
  event.preventDefault();
  choose(row.closest(".field").querySelector("[data-act=suggest]"), row);
});

document.addEventListener("click", (event) => {
  const away = event.target.closest("[data-act=unpick]");
  if (away) unpick(away.closest("li"), away.closest(".field").querySelector("[data-act=suggest]"));
});

// What was typed and not chosen is no choice: an emptied field is, of a single one.
document.addEventListener("focusout", (event) => {
  const field = box(event);
  if (!field) return;
  over();
  show(field, []);
  if (field.parentElement.querySelector(".chips")) field.value = "";
  else if (!field.value && field.dataset.value) {
    begin(field.parentElement);
    field.dataset.value = "";
    changed(field);
  } else field.value = field.dataset.shown ?? field.defaultValue;
});
