// What completes the words at the caret: commands, people, rooms and emoji, in a list that the field itself controls.

import { write } from "./composer.js";
import { all as allEmoji, usual } from "./emoji.js";

const MOST = 8;
const WANTED = [
  { kind: "command", begin: /^(\/)([^\s]*)$/u },
  { kind: "person", begin: /(?:^|[^A-Za-z0-9_.@])(@)([^\s@#:/]{0,40})$/u },
  { kind: "room", begin: /(?:^|[^A-Za-z0-9_&#])(#)([^\s@#:/]{0,80})$/u },
  { kind: "emoji", begin: /(?:^|[^A-Za-z0-9_:])(:)([a-z0-9_+\-\p{Script=Han}]{2,40})$/u },
];

const area = (form) => form.querySelector("textarea");
const list = (form) => form.querySelector(".offers");
const opened = new WeakMap(); // by form whose list is open, what is selected there
const active = (form) => list(form).querySelector('[aria-selected="true"]');

// ---- what fits ----

function wanted(form) {
  const { value, selectionStart, selectionEnd } = area(form);
  if (selectionStart !== selectionEnd) return null;
  const before = value.slice(0, selectionStart);
  for (const { kind, begin } of WANTED) {
    const found = begin.exec(before);
    if (found) return { kind, typed: found[2].toLowerCase(), from: selectionStart - found[2].length - 1, to: selectionStart };
  }
  return null;
}

// Names that begin with what is typed come before those that only have it somewhere.
function rank(find, typed) {
  if (find.replace(/^[/#]/u, "").startsWith(typed)) return 0;
  if (find.split(/[\s_-]/u).some((word) => word.startsWith(typed))) return 1;
  return find.includes(typed) ? 2 : 3;
}

function fitting(form, { kind, typed }) {
  return [...form.querySelector(".choices").content.querySelectorAll(`[data-kind="${kind}"]`)]
    .map((one) => [rank(one.dataset.find, typed), one])
    .filter(([place]) => place < 3)
    .sort(([one], [other]) => one - other)
    .slice(0, kind === "command" ? undefined : MOST)
    .map(([, one]) => one.cloneNode(true));
}

// Those that one uses come first among those that fit equally well.
async function fittingEmoji({ typed }) {
  const known = usual().map(([name]) => name);
  const often = ({ name }) => (known.includes(name) ? known.indexOf(name) : known.length);
  return (await allEmoji())
    .map((one) => [Math.min(rank(one.name, typed), rank(one.words, typed) + 1), one])
    .filter(([place]) => place < 3)
    .sort(([one, a], [other, b]) => one - other || often(a) - often(b) || a.name.length - b.name.length)
    .slice(0, MOST)
    .map(([, one]) => option(one));
}

function option({ sign, name }) {
  const drawn = document.createElement("div");
  const letter = document.createElement("span");
  const named = document.createElement("b");
  letter.className = "sign";
  letter.textContent = sign;
  named.textContent = `:${name}:`;
  drawn.append(letter, named);
  drawn.setAttribute("role", "option");
  drawn.dataset.kind = "emoji";
  drawn.dataset.insert = `:${name}: `;
  return drawn;
}

// ---- the list ----

export async function follow(form) {
  const asked = wanted(form);
  const found = !asked ? [] : asked.kind === "emoji" ? await fittingEmoji(asked) : fitting(form, asked);
  const still = wanted(form);
  if (asked && (still?.from !== asked.from || still?.typed !== asked.typed)) return;
  if (found.length) open(form, found);
  else shut(form);
}

function open(form, found) {
  found.forEach((one, place) => { one.id = `${list(form).id}-${place}`; });
  list(form).replaceChildren(...found);
  list(form).hidden = false;
  const field = area(form);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-haspopup", "listbox");
  select(form, found[0]);
}

// Where all is drawn anew while the list is open, it is there again, as it was; one that was closed stays closed.
export async function again(form) {
  if (!opened.has(form)) return;
  const selected = opened.get(form);
  await follow(form);
  const one = [...list(form).children].find(({ dataset }) => dataset.insert === selected);
  if (one) select(form, one);
}

export function shut(form) {
  opened.delete(form);
  if (list(form).hidden) return;
  list(form).hidden = true;
  list(form).replaceChildren();
  for (const name of ["role", "aria-expanded", "aria-haspopup", "aria-activedescendant"]) area(form).removeAttribute(name);
}

function select(form, one) {
  for (const other of list(form).children) other.setAttribute("aria-selected", String(other === one));
  opened.set(form, one.dataset.insert);
  area(form).setAttribute("aria-activedescendant", one.id);
  one.scrollIntoView({ block: "nearest" });
}

function take(form, one) {
  const asked = wanted(form);
  if (!asked) return shut(form);
  const { value } = area(form);
  const words = value.slice(0, asked.from) + one.dataset.insert + value.slice(asked.to).replace(/^ /u, "");
  write(form, words, asked.from + one.dataset.insert.length);
  shut(form);
}

// A key while the list is open; true if the list took it. A command that is already whole is sent, not completed.
export function choose(form, event) {
  if (list(form).hidden) return false;
  const all = [...list(form).children];
  const at = all.indexOf(active(form));
  const move = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (move !== undefined) select(form, all.at(move % all.length));
  else if (event.key === "Escape") shut(form);
  else if (event.key === "Tab" && !event.shiftKey) take(form, all[at]);
  else if (event.key === "Enter" && !event.shiftKey && all[at].dataset.insert.trim() !== area(form).value) take(form, all[at]);
  else {
    shut(form);
    return false;
  }
  event.preventDefault();
  event.stopPropagation();
  return true;
}

document.addEventListener("mousedown", (event) => {
  if (event.target.closest(".offers")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const one = event.target.closest('.offers [role="option"]');
  if (one) take(one.closest("form"), one);
});

document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.("form.composer");
  if (form && event.target.tagName === "TEXTAREA") shut(form);
});

document.addEventListener("keyup", (event) => {
  if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
  const form = event.target.closest?.("form.composer");
  if (form && event.target.tagName === "TEXTAREA") follow(form);
});
