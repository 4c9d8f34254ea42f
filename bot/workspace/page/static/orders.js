// Orders of the server: fill a region, put an entry into a list in the order of data-ts, take one out, say something.

import { composing, overtaken, whole } from "./composition.js";
import { become, morph } from "./morph.js";
import { stay } from "./scroll.js";
import { toast } from "./toasts.js";

const RUN_S = 5 * 60;
const unfit = [];
let missed = null; // by id, what was ordered of entries that are not held, while some are being fetched

const orders = {
  fill: (order) => {
    const { id, html, hidden, of } = order;
    const region = document.getElementById(id);
    if (!region) return;
    if (id === "modals" && composing(region)) return whole(id, () => perform([order]));
    overtaken(id);
    if (unfit.some((one) => one(order))) return;
    // What one has turned away from meanwhile is not shown again.
    if (hidden || of === document.body.dataset.thread) region.hidden = hidden;
    morph(region, read(html));
  },
  put: (order) => {
    const list = document.getElementById(order.into);
    if (list) put(list, order);
  },
  gone: (order) => {
    const entry = document.getElementById(order.id);
    if (!entry) miss(order);
    const { previousElementSibling: before, nextElementSibling: next } = entry ?? {};
    entry?.remove();
    bareLines(before);
    runs(next);
  },
  title: ({ words }) => { document.title = words; },
  say: ({ words }) => { document.getElementById("said").textContent = words; },
  wrong: ({ words }) => toast(words),
};

// Others may teach it orders of their own.
export function learn(name, does) {
  orders[name] = does;
}

// Others may know of a fill that it is not to be done.
export function unless(one) {
  unfit.push(one);
}

// What is fetched may be older than what is told of it meanwhile: that is noted, and made up for once it is there.
export const meanwhile = {
  note: () => { missed = new Map(); },
  forget: () => { missed = null; },
  makeUp: () => {
    const all = [...missed.values()];
    missed = null;
    if (all.length) perform(all);
  },
};

export function perform(all) {
  const lists = [...document.querySelectorAll(".messages")].map((list) => ({ list, kept: stay(list) }));
  for (const order of all) orders[order.do]?.(order);
  for (const id of missed?.keys() ?? []) if (document.getElementById(id)) missed.delete(id);
  for (const { kept } of lists) kept();
  for (const list of document.querySelectorAll(".messages")) {
    if (!lists.some((one) => one.list === list)) stay(list)();
  }
  document.dispatchEvent(new CustomEvent("drawn", { detail: all.map((order) => order.id) }));
}

export function read(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function miss(order) {
  missed?.delete(order.id);
  missed?.set(order.id, order);
}

function put(list, order) {
  const { id, html, once } = order;
  const old = document.getElementById(id);
  if (old && once) return;
  const fresh = read(html).firstElementChild;
  if (!old && outside(list, fresh)) {
    miss(order);
    return;
  }
  if (old && old.dataset.ts === fresh.dataset.ts) {
    fresh.classList.toggle("run", old.classList.contains("run"));
    become(old, fresh);
  } else {
    old?.remove();
    document.getElementById("empty")?.remove();
    let last = list.lastElementChild;
    while (last && stamp(last) > stamp(fresh)) last = last.previousElementSibling;
    list.insertBefore(fresh, last ? last.nextSibling : list.firstChild);
    runs(fresh.nextElementSibling);
  }
}

// What is older or newer than all that is held comes when one comes near it.
function outside(list, fresh) {
  const held = list.querySelectorAll(":scope > .entry");
  if (!held.length) return false;
  if (list.dataset.older && stamp(fresh) < stamp(held[0])) return true;
  return Boolean(list.dataset.newer) && stamp(fresh) > stamp(held[held.length - 1]);
}

function stamp(entry) {
  return Number(entry.dataset.ts ?? 0);
}

// What somebody says right after their own last words needs no second head.
export function runs(entry) {
  if (!entry?.classList.contains("entry") || entry.classList.contains("ephemeral")) return;
  const last = entry.previousElementSibling;
  const same = last?.dataset.by === entry.dataset.by && !last.matches(".ephemeral") && !last.querySelector(".thread-link");
  const run = Boolean(same) && stamp(entry) - stamp(last) < RUN_S && !entry.querySelector(".answers");
  if (entry.classList.contains("run") === run) return;
  entry.classList.toggle("run", run);
  // Out of sight it would keep the height it had, and what is read would jump when it comes near.
  entry.style.contentVisibility = "visible";
}

// A day of which nothing is left has no line, nor has what is new when nothing comes after it.
function bareLines(line) {
  if (!line?.matches(".day, .unread")) return;
  const before = line.previousElementSibling;
  let next = line.nextElementSibling;
  if (next?.matches(".unread")) next = next.nextElementSibling;
  if (!next || (line.matches(".day") && next.matches(".day"))) line.remove();
  bareLines(before);
}
