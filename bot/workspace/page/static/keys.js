// Whoever walks through a menu or a date by keys comes past what they do not mean: what they chose counts once they
// stop, go on to something else or press Enter.

import { called, place } from "./naming.js";

const PAUSE_MS = 600;
const waiting = new Map(); // by the name of a field, where it is, its timer and what comes of it
let keyed = null; // the name of the field in which a key was pressed last

export function meant(field, deed) {
  const name = called(field);
  drop(name);
  if (!name || name !== keyed) return deed();
  waiting.set(name, { where: place(field), deed, timer: setTimeout(() => count(name), PAUSE_MS) });
}

function count(name) {
  const { deed } = waiting.get(name) ?? {};
  drop(name);
  deed?.();
}

function drop(name) {
  clearTimeout(waiting.get(name)?.timer);
  waiting.delete(name);
}

// All that waits in there counts at once, or never.
export function countAll(within) {
  for (const name of inside(within)) count(name);
}

export function unmeant(within) {
  for (const name of inside(within)) drop(name);
}

function inside(within) {
  const here = place(within);
  return [...waiting].filter(([, { where }]) => where === here).map(([name]) => name);
}

const fieldOf = (event) => event.target.closest?.(".field");

document.addEventListener("keydown", (event) => {
  const field = fieldOf(event);
  keyed = field ? called(field) : null;
  if (event.key === "Enter" && keyed) count(keyed);
}, true);
document.addEventListener("pointerdown", () => { keyed = null; }, true);
document.addEventListener("focusout", (event) => {
  const field = fieldOf(event);
  if (!field || field.contains(event.relatedTarget)) return;
  queueMicrotask(() => { if (field.isConnected) count(called(field)); }); // else it was drawn anew, and one is in it still
});
