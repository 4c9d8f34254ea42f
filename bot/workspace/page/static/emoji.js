// All emoji, fetched when they are first needed, and those that this browser used last.

import { keep, kept } from "./remembered.js";

const KEPT = "golden-ear-emoji";
const REMEMBERED = 24;

const drawn = [...document.querySelectorAll('#picker [data-group="frequent"] button')]
  .map((one) => [one.dataset.emoji, one.textContent]);
let asked = null;

// Groups as the server has them: {people: [{sign, name, words}]}.
export function groups() {
  asked ??= fetch(document.getElementById("picker").dataset.from)
    .then((reply) => reply.json())
    .then((given) => Object.fromEntries(Object.entries(given).map(([group, list]) => [
      group, list.map(([sign, name, words]) => ({ sign, name, words: words.toLowerCase() })),
    ])))
    .catch((trouble) => { asked = null; throw trouble; });
  return asked;
}

export async function all() {
  return Object.values(await groups()).flat();
}

export function used() {
  try { return JSON.parse(kept(KEPT)) ?? []; } catch { return []; }
}

// What was used last, and then what is used often by all.
export function usual() {
  const own = used();
  const names = own.map(([name]) => name);
  return [...own, ...drawn.filter(([name]) => !names.includes(name))];
}

export function use(name, sign) {
  const list = [[name, sign], ...used().filter(([other]) => other !== name)].slice(0, REMEMBERED);
  keep(KEPT, JSON.stringify(list));
}
