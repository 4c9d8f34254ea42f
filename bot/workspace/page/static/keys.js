// Whoever walks through a menu or a date by keys comes past what they do not mean: what they chose counts once they
// stop, go on to something else or press Enter.

const PAUSE_MS = 600;
const waiting = new Map(); // by field, its timer and what comes of it
let keyed = null; // the field in which a key was pressed last

export function meant(field, deed) {
  unmeant(field);
  if (field !== keyed) return deed();
  waiting.set(field, { deed, timer: setTimeout(() => count(field), PAUSE_MS) });
}

function count(field) {
  const { deed } = waiting.get(field) ?? {};
  unmeant(field);
  deed?.();
}

// All that waits in there counts at once, or never.
export function countAll(within) {
  for (const field of inside(within)) count(field);
}

export function unmeant(within) {
  for (const field of inside(within)) {
    clearTimeout(waiting.get(field).timer);
    waiting.delete(field);
  }
}

const inside = (within) => [...waiting.keys()].filter((field) => within.contains(field));

document.addEventListener("keydown", (event) => {
  keyed = event.target.closest?.(".field");
  if (event.key === "Enter" && keyed) count(keyed);
}, true);
document.addEventListener("pointerdown", () => { keyed = null; }, true);
document.addEventListener("focusout", (event) => {
  const field = event.target.closest?.(".field");
  if (field && !field.contains(event.relatedTarget)) count(field);
});
