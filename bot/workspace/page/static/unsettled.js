// What somebody has done in a field of which nothing is told yet: it outlives a new drawing of the field.

import { begunWith, summed } from "./fields.js";

const box = (one) => one.type === "checkbox" || one.type === "radio";
const inputs = (field) => [...field.querySelectorAll("option, input:not([data-narrow])")];
const chips = (field) => field.querySelector(".chips");
const typed = (field) => field.querySelector("input:not([data-narrow], [type=checkbox], [type=radio])");

// Gives what puts it back after the field was drawn anew; nothing if all is as it was drawn, or it is another field now.
export function unsettled(field, wanted) {
  if (called(field) !== called(wanted) || !(inputs(field).some(changed) || moved(field))) return null;
  const chosen = new Set(inputs(field).filter((one) => one.selected || one.checked).map((one) => one.value));
  const words = typed(field);
  const { value: said = "" } = words ?? {};
  const { value, shown } = words?.dataset ?? {};
  const pieces = chips(field);
  pieces?.replaceWith(pieces.cloneNode(true));
  return () => {
    choose(inputs(field), chosen);
    if (words?.isConnected) {
      words.value = said;
      for (const [name, held] of Object.entries({ value, shown })) if (held !== undefined) words.dataset[name] = held;
    }
    if (pieces) chips(field)?.replaceWith(pieces);
    summed(field);
  };
}

// Of which only one can be chosen, that one is left as it is drawn if what was chosen is not offered any more.
function choose(all, chosen) {
  const there = all.some((one) => chosen.has(one.value));
  for (const one of all) {
    if (one.matches("option")) one.selected ||= chosen.has(one.value);
    else if (one.type === "checkbox" || (one.type === "radio" && there)) one.checked = chosen.has(one.value);
  }
}

function called(field) {
  const { action, block } = (field.closest("[data-action]") ?? field.querySelector("[data-action]"))?.dataset ?? {};
  return JSON.stringify([field.dataset.kind, action, block]);
}

// Where none was drawn as chosen, the browser itself chooses one.
function changed(one) {
  if (one.matches("option")) return one.defaultSelected && !one.selected;
  return box(one) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
}

// The pieces of a select that takes several are not those that it had when it was drawn, or told of.
function moved(field) {
  const before = begunWith(field)?.chips;
  const now = [...(chips(field)?.children ?? [])];
  return Boolean(before) && (before.length !== now.length || before.some((one, at) => one !== now[at]));
}
