// What unfolds from a button: menus, shortcuts, the toolbar of a message. Escape closes, and one is open at a time,
// which the browser's popovers see to; here they find their place and their keys.

import { ask, tried } from "./control.js";
import { copy } from "./copy.js";
import { look, looking } from "./page.js";
import { toast } from "./toasts.js";
import { insert } from "./composer.js";
import { usual, use } from "./emoji.js";
import { failure, notice } from "./notices.js";
import { pick } from "./picker.js";
import { tell } from "./trouble.js";
import "./entries.js";

const EDGE_PX = 8;
const GAP_PX = 5;
const PHONE = matchMedia("(max-width: 640px)");
const drawn = document.getElementById("menus").dataset;

// From what the open menu was opened: found again by what it is, as a message may be drawn anew meanwhile.
let from = null;

const opener = () => {
  if (!from) return null;
  const within = from.message ? document.getElementById(from.message) : document.getElementById(from.form);
  return within?.querySelector(`[data-menu="${from.menu}"]`) ?? null;
};
const message = () => document.getElementById(from?.message ?? "");
const form = () => document.getElementById(from?.form ?? "") ?? document.getElementById("composer");

// ---- opening, beside what was pressed and never over an edge ----

export function unfold(menu, button) {
  const panel = document.getElementById(menu);
  const same = button === opener() && panel.matches(":popover-open");
  if (same) return panel.hidePopover();
  from = { menu, message: button.closest("[data-where='message']")?.id, form: button.closest("form")?.id };
  panel.showPopover();
  beside(panel, button.getBoundingClientRect());
  button.setAttribute("aria-expanded", "true");
  if (menu === "picker") pick(chosen);
  else items(panel)[0]?.focus();
}

function beside(panel, anchor) {
  const { style } = panel;
  style.maxHeight = "";
  if (PHONE.matches) {
    style.left = style.top = "";
    return;
  }
  const { width, height } = panel.getBoundingClientRect();
  const below = innerHeight - anchor.bottom - GAP_PX - EDGE_PX;
  const above = anchor.top - GAP_PX - EDGE_PX;
  const under = below >= height || below >= above;
  const tall = Math.min(height, under ? below : above);
  const left = anchor.left + width <= innerWidth - EDGE_PX ? anchor.left : anchor.right - width;
  style.maxHeight = `${tall}px`;
  style.left = `${Math.max(EDGE_PX, Math.min(left, innerWidth - width - EDGE_PX))}px`;
  style.top = `${under ? anchor.bottom + GAP_PX : anchor.top - GAP_PX - tall}px`;
}

for (const panel of document.querySelectorAll("#menus > [popover]")) {
  panel.addEventListener("toggle", (event) => {
    const button = opener();
    message()?.classList.toggle("unfolded-from", event.newState === "open");
    if (event.newState === "open") return;
    if (from?.menu === panel.id) button?.setAttribute("aria-expanded", "false");
    if (document.activeElement === document.body) button?.focus();
  });
}

// ---- keys within a menu ----

const items = (panel) => [...panel.querySelectorAll('[role="menuitem"]')].filter((one) => one.checkVisibility());

document.addEventListener("keydown", (event) => {
  const panel = event.target.closest?.('[popover][role="menu"]');
  if (!panel) return;
  const all = items(panel);
  const at = all.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length,
    ArrowRight: (at + 1) % all.length, ArrowLeft: (at - 1 + all.length) % all.length,
    Home: 0, End: all.length - 1,
  };
  const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== " "
    ? all.findIndex((one, place) => place > at && one.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))
    : -1;
  if (event.key === "Tab") panel.hidePopover();
  else if (event.key in to) all[to[event.key]].focus();
  else if (letter >= 0) all[letter].focus();
  else return;
  event.preventDefault();
});

// ---- what is chosen ----

function chosen(name, sign) {
  const { message: id, form: within } = from ?? {};
  use(name, sign);
  if (id) {
    const there = document.getElementById(id);
    if (there) react(there, name);
  } else if (within) insert(document.getElementById(within), `:${name}: `);
}

// Who presses twice means it once: the second press is not another one before the first is done.
const reacting = new Set();
const DONE = ["already_reacted", "no_reaction"];

export async function react(entry, emoji) {
  const has = [...entry.querySelectorAll('[data-act="react"][aria-pressed="true"]')].some((one) => one.dataset.emoji === emoji);
  const { channel, ts } = entry.dataset;
  const given = { user: looking.as, channel: channel ?? looking.at, ts, emoji };
  const name = JSON.stringify(given);
  if (reacting.has(name)) return;
  reacting.add(name);
  const answer = await tried(has ? "unreact" : "react", given);
  reacting.delete(name);
  if (!answer.ok && !DONE.includes(answer.error)) tell(answer);
}

async function shortcut({ shortcut: id, kind }, named) {
  const entry = message();
  const at = form();
  const outcome = kind === "message"
    ? await ask("message_shortcut", { user: looking.as, channel: entry.dataset.channel, ts: entry.dataset.ts, callback_id: id })
    : await ask("global_shortcut", { user: looking.as, callback_id: id });
  if (!outcome || outcome.ok) return;
  const words = failure(drawn.failed, named, outcome.error);
  if (at?.matches("form")) notice(at, words);
  else toast(words);
}

const deeds = {
  react: () => unfold("picker", opener() ?? message()),
  thread: (entry) => entry.querySelector('[data-act="thread"]').click(),
  copy: (entry) => {
    const body = entry.querySelector(".entry-body") ?? entry.querySelector(":scope > p") ?? entry;
    copy(body.innerText.trim(), drawn.copied);
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || event.defaultPrevented) return;
  const { act, menu, emoji, quick, thread } = button.dataset;
  const entry = button.closest("[data-ts]");
  if (menu && document.getElementById(menu)?.popover) unfold(menu, button);
  else if (quick) {
    use(quick, button.textContent);
    react(entry, quick);
  } else if (act === "react" && entry) react(entry, emoji);
  else if (act === "thread") look({ thread });
  else if (button.role === "menuitem" && button.closest("#menus")) obey(button);
});

function obey(button) {
  const panel = button.closest("[popover]");
  const entry = message();
  const { do: deed, shortcut: id, insert: words, emoji } = button.dataset;
  panel.hidePopover();
  if (emoji) chosen(emoji, button.textContent);
  else if (id) shortcut(button.dataset, button.querySelector("span").firstChild.textContent);
  else if (words && form()?.matches("form")) insert(form(), words);
  else if (deed && entry) deeds[deed](entry);
}

// ---- the toolbar of a message: what was used last, and a way to it by keys and by touch ----

function ready(entry) {
  const quick = entry.querySelectorAll(".toolbar .quick");
  usual().slice(0, quick.length).forEach(([name, sign], place) => {
    const named = drawn.react.replace("{emoji}", () => `:${name}:`);
    Object.assign(quick[place], { textContent: sign, title: named, ariaLabel: named });
    quick[place].dataset.quick = name;
  });
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const entry = event.target.closest?.('[data-where="message"]');
    if (entry && !entry.contains(event.relatedTarget)) ready(entry);
  });
}

// A message may be drawn anew while it is pointed at, or while its menu is open.
document.addEventListener("drawn", () => {
  for (const entry of document.querySelectorAll('[data-where="message"]:is(:hover, :focus-within)')) ready(entry);
  if (!document.querySelector("#menus > :popover-open")) return;
  message()?.classList.add("unfolded-from");
  opener()?.setAttribute("aria-expanded", "true");
});

const LONG_MS = 500;
let pressing = 0;

document.addEventListener("pointerdown", (event) => {
  const entry = event.target.closest?.('[data-where="message"]');
  const more = entry?.querySelector('[data-menu="more"]');
  if (event.pointerType === "mouse" || !more || event.target.closest("button, a, input, select, textarea, summary")) return;
  pressing = setTimeout(() => { getSelection().empty(); unfold("more", more); }, LONG_MS);
});

for (const kind of ["pointerup", "pointermove", "pointercancel", "scroll"]) {
  document.addEventListener(kind, () => clearTimeout(pressing), { capture: true, passive: true });
}
