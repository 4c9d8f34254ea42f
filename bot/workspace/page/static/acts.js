// What is pressed and what is chosen, wherever blocks are drawn: each tells the app through the control API.

import { tried } from "./control.js";
import { entry, gathered, read, remembered, standingIn, summed, taken } from "./fields.js";
import { countAll, meant, unmeant } from "./keys.js";
import { called, place, placed } from "./naming.js";
import { looking } from "./page.js";
import { closed, standing } from "./standing.js";
import { question, sure } from "./sure.js";
import { failed, quiet, tell } from "./trouble.js";

const TYPING_MS = 400;

// Tells the app; true if it has heard it. The value is that of a button, or what now stands in a field.
async function act(control, value) {
  if (!(await sure(control))) return false;
  const place = control.closest("[data-where]");
  const named = control.closest("[data-action]").dataset;
  const dialog = control.closest("dialog");
  quiet(dialog);
  control.setAttribute("aria-busy", "true");
  control.removeAttribute("data-failed");
  const answer = await sent(place, {
    user: looking.as,
    action_id: named.action,
    block_id: named.block ?? null,
    value: value ?? null,
  });
  control.removeAttribute("aria-busy");
  if (!failed(answer)) return true;
  control.setAttribute("data-failed", "");
  if (!closed(dialog)) tell(answer, control);
  return false;
}

async function sent(place, given) {
  await left(place, gathered(place));
  return tried(place.dataset.view ? "click_view" : "click", { ...given, ...placed(place) });
}

// Slack tells the app with every click what stands in the fields around it.
async function left(place, entries) {
  if (!entries.length || closed(place.closest("dialog"))) return;
  await tried("fill", { user: looking.as, ...placed(place), entries });
}

document.addEventListener("click", async (event) => {
  const pressed = event.target.closest("[data-act=click]");
  if (!pressed) return;
  const opens = pressed.href && question(pressed);
  if (opens) event.preventDefault();
  const menu = pressed.closest("details.menu");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (pressed.getAttribute("aria-busy") === "true") return;
  if ((await act(pressed, pressed.dataset.value)) && opens) window.open(pressed.href, "_blank", "noreferrer");
});

document.addEventListener("change", (event) => {
  const { target, isTrusted } = event;
  const field = target.closest(".field");
  if (!field) return;
  summed(field);
  const sought = target.dataset.act === "suggest" || "narrow" in target.dataset;
  if (sought && isTrusted) return; // what is typed there is no choice yet
  const block = target.closest("[data-input]");
  const tell = () => known(inTurn(block ?? field, target));
  if (block && !dispatches(block, "change")) queueMicrotask(() => leave(block));
  else if (!block && !acting(target)) return;
  else if (isTrusted) meant(field, tell);
  else tell();
});

// What has just been taken out of its place with what was typed there is nobody's any more.
function leave(block) {
  if (block.isConnected) known(left(block.closest("[data-where]"), [entry(block)]));
}

// Several of many wait until their list is folded up.
const acting = (control) => ["pick", "suggest"].includes(control.dataset.act) && !control.closest("details.several");

const unfolded = new WeakMap(); // by list, what was chosen when it was unfolded

// Several of many are told when their list is folded up, as Slack does.
document.addEventListener("toggle", (event) => {
  const list = event.target;
  if (!list.matches?.("details.several") || list.closest("[data-input]")) return;
  const now = JSON.stringify(read(list));
  const before = unfolded.get(list);
  if (list.open) unfolded.set(list, now);
  else unfolded.delete(list);
  if (!list.open && (before ?? now) !== now) known(inTurn(list, list.querySelector("[data-act=pick]")));
}, true);

// A field of a form may say on which occasions it acts before it is submitted.
function dispatches(block, when) {
  return Boolean(block.dataset.dispatch?.split(" ").includes(when));
}

// A form that is sent holds all its fields: what is being told of them is waited for, and nothing more is told.
const running = new Set();

export function told(dialog) {
  untyped(dialog);
  countAll(dialog);
  return Promise.allSettled(running);
}

// What has not been told yet of a form that is closed never is.
export function unsaid(dialog) {
  untyped(dialog);
  unmeant(dialog);
}

function untyped(dialog) {
  const here = place(dialog);
  for (const [name, { where }] of pauses) if (where === here) unpaused(name);
}

async function known(work) {
  running.add(work);
  await work.finally(() => running.delete(work));
}

function sending(within) {
  return standing(within.closest("[data-input]")?.closest("dialog"))?.querySelector("[type=submit][aria-busy=true]");
}

// While the app is told what stands in a field, what comes into it meanwhile waits, and of that only the last is told.
const next = new Map();

async function inTurn(within, control) {
  const name = called(control);
  if (!name) return;
  if (next.has(name)) {
    next.set(name, [within, control]);
    return;
  }
  try {
    for (let now = [within, control]; now && !sending(now[0]); now = next.get(name)) {
      next.set(name, null);
      await tellOf(...now, () => next.get(name));
    }
  } finally {
    next.delete(name);
  }
}

// What is chosen in a field that acts at once is taken back if nothing came of it, unless more is chosen already.
async function tellOf(within, control, more) {
  const stood = standingIn(within);
  const heard = await act(control, read(within));
  if (control.closest("[data-input]")) return;
  if (heard) remembered(within, stood);
  else if (!more()) taken(within);
}

// What is typed is told after a pause, and never half a word that is still being composed.
const pauses = new Map(); // by the name of a field: what is typed goes on in a new drawing of it

function paused(block, field) {
  const name = called(block);
  if (!name) return;
  const tell = () => {
    unpaused(name);
    known(inTurn(block, field));
  };
  pauses.set(name, { where: place(block), timer: setTimeout(tell, TYPING_MS) });
}

function unpaused(name) {
  clearTimeout(pauses.get(name)?.timer);
  pauses.delete(name);
}

for (const kind of ["input", "compositionend"]) {
  document.addEventListener(kind, (event) => {
    const block = event.target.closest?.("[data-input]");
    if (!block) return;
    summed(event.target);
    unpaused(called(block));
    if (!event.isComposing && dispatches(block, "typing")) paused(block, event.target);
  });
}

document.addEventListener("keydown", (event) => {
  const block = event.target.closest?.("[data-input]");
  if (event.key !== "Enter" || event.isComposing || event.metaKey || event.ctrlKey || event.defaultPrevented) return;
  if (!block || !event.target.matches("input") || !dispatches(block, "enter")) return;
  event.preventDefault();
  unpaused(called(block));
  known(inTurn(block, event.target));
});
