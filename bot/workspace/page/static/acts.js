// What is pressed and what is chosen, wherever blocks are drawn: each tells the app through the control API.

import { tried } from "./control.js";
import { entry, gathered, read, remembered, summed, taken } from "./fields.js";
import { looking } from "./page.js";
import { question, sure } from "./sure.js";
import { failed, quiet, tell } from "./trouble.js";

const TYPING_MS = 400;

// Tells the app; true if it has heard it. The value is that of a button, or what now stands in a field.
export async function act(control, value) {
  if (control.getAttribute("aria-busy") === "true" || !(await sure(control))) return false;
  const place = control.closest("[data-where]");
  const named = control.closest("[data-action]").dataset;
  quiet(control.closest("dialog"));
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
  tell(answer, control);
  return false;
}

async function sent(place, given) {
  const { where, channel, ts, view } = place.dataset;
  if (where === "message") return tried("click", { ...given, channel, ts });
  await left(place, gathered(place));
  return tried("click_view", { ...given, view_id: view });
}

// Slack tells the app with every click what stands in the fields of the view.
export async function left(view, entries) {
  if (entries.length && view.dataset.view) await tried("fill", { user: looking.as, view_id: view.dataset.view, entries });
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
  if ((await act(pressed, pressed.dataset.value)) && opens) window.open(pressed.href, "_blank", "noreferrer");
});

document.addEventListener("change", async (event) => {
  const field = event.target.closest(".field");
  if (!field) return;
  summed(field);
  const waits = event.target.closest("[data-input]");
  if (waits) {
    if (!(await dispatched(waits, event.target, "change"))) left(waits.closest("[data-where]"), [entry(waits)]);
  } else if (event.target.dataset.act === "pick" && !event.target.closest("details.several")) {
    await picked(event.target, field);
  }
});

// A field that acts at once: what was chosen is taken back if nothing came of it.
async function picked(control, field) {
  if (await act(control, read(field))) remembered(field);
  else taken(field);
}

// Several of many are told when their list is folded up, as Slack does.
document.addEventListener("toggle", (event) => {
  const list = event.target;
  if (!list.matches?.("details.several") || list.closest("[data-input]")) return;
  const now = JSON.stringify(read(list));
  if (list.open) list.dataset.before = now;
  else if (list.dataset.before !== now) picked(list.querySelector("[data-act=pick]"), list);
}, true);

// A field of a form that says that it acts before it is submitted; true if it does so on this occasion.
export async function dispatched(block, control, when) {
  if (!block.dataset.dispatch?.split(" ").includes(when)) return false;
  const { view } = block.closest("[data-where]").dataset;
  const name = JSON.stringify([view, block.dataset.block, block.dataset.action]);
  if (next.has(name)) next.set(name, [block, control]);
  else {
    const told = inTurn(name, block, control);
    running.add(told);
    await told.finally(() => running.delete(told));
  }
  return true;
}

// A form that is sent waits for what is being told of its fields, and nothing is told after that: it holds them all.
const running = new Set();
export const told = () => Promise.allSettled(running);
const sending = (block) => block.closest("dialog")?.querySelector("[type=submit][aria-busy=true]");

// While the app is told what stands in a field, what is typed meanwhile waits, and of that only the last is told.
const next = new Map();

async function inTurn(name, block, control) {
  try {
    for (let now = [block, control]; now && !sending(now[0]); now = next.get(name)) {
      next.set(name, null);
      await act(now[1], read(now[0]));
    }
  } finally {
    next.delete(name);
  }
}

// What is typed is told after a pause, and never half a word that is still being composed.
const pauses = new WeakMap();

for (const kind of ["input", "compositionend"]) {
  document.addEventListener(kind, (event) => {
    const block = event.target.closest?.("[data-input]");
    if (!block) return;
    summed(event.target);
    clearTimeout(pauses.get(block));
    if (event.isComposing) return;
    pauses.set(block, setTimeout(() => dispatched(block, event.target, "typing"), TYPING_MS));
  });
}
