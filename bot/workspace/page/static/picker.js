// The choice of emoji: what is used often, kinds, a search, and a grid that arrow keys walk through.

import { all, groups, used, usual } from "./emoji.js";

const OFTEN = 16;
const MOST = 80;
const panel = document.getElementById("picker");
const search = panel.querySelector("input");
const body = panel.querySelector(".all");
const found = panel.querySelector(".found");
const none = panel.querySelector(".none");
const often = panel.querySelector('[data-group="frequent"] .grid');

let told = () => {};

// Open for a choice: `chosen` is told the name and the character.
export async function pick(chosen) {
  told = chosen;
  search.value = "";
  offer();
  show("");
  body.scrollTop = 0;
  search.focus();
  if (!body.dataset.filled) await fill();
}

function offer() {
  const many = Math.max(OFTEN / 2, Math.min(OFTEN, used().length));
  often.replaceChildren(...usual().slice(0, many).map(([name, sign]) => one({ name, sign })));
}

async function fill() {
  const given = await groups();
  for (const [name, list] of Object.entries(given)) {
    body.querySelector(`[data-group="${name}"] .grid`)?.replaceChildren(...list.map(one));
  }
  body.dataset.filled = "yes";
}

function one({ name, sign }) {
  const drawn = document.createElement("button");
  drawn.type = "button";
  drawn.tabIndex = -1;
  drawn.dataset.emoji = name;
  drawn.ariaLabel = `:${name}:`;
  drawn.textContent = sign;
  return drawn;
}

// ---- the search ----

async function show(typed) {
  const words = typed.trim().toLowerCase().replace(/^:|:$/gu, "");
  for (const group of body.querySelectorAll("[data-group]")) group.hidden = Boolean(words);
  found.hidden = !words;
  none.hidden = true;
  preview(words ? null : often.firstElementChild);
  if (!words) return;
  const fitting = (await all())
    .map((each) => [weight(each, words), each])
    .filter(([place]) => place < 4)
    .sort(([a, x], [b, y]) => a - b || x.name.length - y.name.length)
    .slice(0, MOST);
  if (search.value !== typed) return;
  found.querySelector(".grid").replaceChildren(...fitting.map(([, each]) => one(each)));
  found.hidden = !fitting.length;
  none.hidden = Boolean(fitting.length);
  preview(found.querySelector("button"));
}

function weight({ name, words }, typed) {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  if (name.includes(typed)) return 2;
  return words.includes(typed) ? 3 : 4;
}

function preview(button) {
  const [sign, name] = panel.querySelectorAll(".preview span");
  sign.textContent = button?.textContent ?? "";
  name.textContent = button ? `:${button.dataset.emoji}:` : "";
}

search.addEventListener("input", () => show(search.value));

search.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const first = body.querySelector("section:not([hidden]) [data-emoji]");
  if (event.key === "ArrowDown") first?.focus();
  else if (event.key === "Enter" && search.value.trim()) first?.click();
  else return;
  event.preventDefault();
});

// ---- the grid ----

body.addEventListener("keydown", (event) => {
  const all = [...body.querySelectorAll("section:not([hidden]) [data-emoji]")];
  const at = all.indexOf(document.activeElement);
  if (at < 0) return;
  const to = {
    ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1,
    ArrowDown: vertical(all, at, 1), ArrowUp: vertical(all, at, -1),
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (to < 0) search.focus();
  else all[Math.min(to, all.length - 1)].focus();
});

// The next in that direction that is not beside but over or under it, as near to its column as there is.
function vertical(all, at, step) {
  const from = all[at].getBoundingClientRect();
  let best = -1;
  let row = null;
  for (let next = at + step; next >= 0 && next < all.length; next += step) {
    const box = all[next].getBoundingClientRect();
    if (Math.abs(box.top - from.top) < box.height / 2) continue;
    row ??= box.top;
    if (Math.abs(box.top - row) > box.height / 2) break;
    if (best < 0 || Math.abs(box.left - from.left) < Math.abs(all[best].getBoundingClientRect().left - from.left)) best = next;
  }
  return best < 0 && step > 0 ? all.length - 1 : best;
}

for (const kind of ["pointerover", "focusin"]) {
  body.addEventListener(kind, (event) => {
    const button = event.target.closest("[data-emoji]");
    if (button) preview(button);
  });
}

panel.addEventListener("click", (event) => {
  const { emoji, kind } = event.target.closest("button")?.dataset ?? {};
  if (kind) {
    search.value = "";
    show("");
    body.scrollTop = body.querySelector(`[data-group="${kind}"]`).offsetTop - body.offsetTop;
  } else if (emoji) {
    const sign = event.target.closest("button").textContent;
    panel.hidePopover();
    told(emoji, sign);
  }
});
