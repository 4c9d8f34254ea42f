// Where one writes: it grows, keeps what is not sent yet, sends words and commands, and shows a command's hint.

import { ask } from "./control.js";
import { again, choose, follow, shut } from "./completion.js";
import { bring, failure, notice } from "./notices.js";
import { newest } from "./paging.js";

const LINES = 8;
const NEAR_PX = 40;
const drafts = new Map();
const settled = new WeakMap();

const field = (form) => form.querySelector("textarea");
const place = (form) => [form.dataset.as, form.dataset.channel, form.dataset.thread ?? ""].join(" ");
const first = (words) => words.split(/\s/u, 1)[0];

// ---- what is written ----

export function write(form, words, caret = words.length) {
  const area = field(form);
  area.value = words;
  area.setSelectionRange(caret, caret);
  changed(form);
}

export function insert(form, words) {
  const area = field(form);
  area.focus();
  const before = area.value.slice(0, area.selectionStart);
  const gap = before && !/\s$/u.test(before) && !words.startsWith("/") ? " " : "";
  if (words === "/") write(form, area.value.startsWith("/") ? area.value : `/${area.value}`, 1);
  else write(form, before + gap + words + area.value.slice(area.selectionEnd), (before + gap + words).length);
  follow(form);
}

function changed(form) {
  const area = field(form);
  if (area.value) drafts.set(place(form), { words: area.value, at: area.selectionStart });
  else drafts.delete(place(form));
  form.querySelector(".send").disabled = !area.value.trim();
  hint(form);
  grow(area);
}

// Who reads the newest goes on seeing it while the place to write grows.
function grow(area) {
  const list = area.closest("#room, #thread")?.querySelector("ol");
  const below = list ? list.scrollHeight - list.scrollTop - list.clientHeight : 0;
  const style = getComputedStyle(area);
  const around = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
  const borders = parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth);
  const most = parseFloat(style.lineHeight) * LINES + around;
  area.style.height = "auto";
  const wanted = area.scrollHeight;
  area.style.height = `${Math.min(wanted, most) + borders}px`;
  area.style.overflowY = wanted > most + 1 ? "auto" : "hidden";
  if (list && below < NEAR_PX) list.scrollTop = list.scrollHeight;
}

// The usage hint of a command stays under the words as long as they begin with it.
function hint(form) {
  const { value } = field(form);
  const ghost = form.querySelector(".ghost");
  const named = first(value);
  const known = value.startsWith("/") && /\s/u.test(value) && command(form, named);
  const words = known ? `${named} ${known.dataset.hint ?? ""}` : inThread(form) ? say(form, "nowhere", named) : "";
  ghost.hidden = !words;
  if (ghost.textContent !== words) ghost.textContent = words;
}

const inThread = (form) => form.dataset.thread && /^\/\S/u.test(field(form).value);
const say = (form, what, named) => form.dataset[what].replace("{command}", () => named);
const choices = (form, kind) => form.querySelector(".choices").content.querySelectorAll(`[data-kind="${kind}"]`);
const command = (form, named) => [...choices(form, "command")].find((one) => one.dataset.insert.trim() === named);

// ---- sending ----

async function send(form) {
  const { value } = field(form);
  if (!value.trim()) return;
  if (!value.startsWith("/")) return speak(form, value.trim());
  const named = first(value);
  if (form.dataset.thread) return notice(form, say(form, "nowhere", named));
  if (!command(form, named) && choices(form, "command").length) {
    return notice(form, `${say(form, "unknown", named)} ${form.dataset.plain}`);
  }
  const from = sent(form);
  const outcome = await ask("command", { user: from.user, channel: from.channel, typed: value.trim() });
  if (!outcome) back(from, value);
  else if (!outcome.ok) {
    notice(form, failure(form.dataset.failed, named, outcome.error), from.place);
    back(from, value);
  }
}

async function speak(form, text) {
  const from = sent(form);
  const ts = await ask("say", { user: from.user, channel: from.channel, text, thread_ts: from.thread });
  if (!ts) back(from, text);
}

// The words are gone at once, so that the next can be written while these are on their way; and however far back one
// read, one goes where they will stand.
function sent(form) {
  const from = {
    user: form.dataset.as, channel: form.dataset.channel, thread: form.dataset.thread ?? null, place: place(form),
  };
  write(form, "");
  const list = form.closest("#room, #thread")?.querySelector("ol");
  if (list) newest(list);
  return from;
}

// What could not be sent is there again, unless something new is being written.
function back(from, words) {
  if (drafts.has(from.place)) return;
  drafts.set(from.place, { words, at: words.length });
  for (const form of forms()) if (place(form) === from.place) write(form, words);
}

// ---- drafts come back when the place is drawn anew ----

const forms = () => document.querySelectorAll("form.composer");

// The place is another one, or the same drawn anew: then the words are still there, but not their height and hint.
function settle(form) {
  const here = place(form);
  if (settled.get(form) === here) return changed(form);
  settled.set(form, here);
  const kept = drafts.get(here);
  shut(form);
  write(form, kept?.words ?? "", kept?.at ?? 0);
}

function settleAll() {
  for (const form of forms()) {
    settle(form);
    bring(form, place(form));
    if (document.activeElement === field(form)) again(form);
  }
}

const redrawn = new MutationObserver(settleAll);
for (const id of ["room", "thread"]) {
  const panel = document.getElementById(id);
  if (panel) redrawn.observe(panel, { childList: true });
}
document.addEventListener("drawn", ({ detail }) => {
  if (detail.includes("room") || detail.includes("thread")) settleAll();
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.composer");
  if (!form) return;
  changed(form);
  follow(form);
});

document.addEventListener("selectionchange", () => {
  const form = document.activeElement?.closest?.("form.composer");
  const kept = form && drafts.get(place(form));
  if (kept) kept.at = field(form).selectionStart;
});

// While a Chinese or Japanese word is being composed, Enter ends the word and not the message.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form.composer");
  if (!form || event.target.tagName !== "TEXTAREA" || event.isComposing || event.keyCode === 229) return;
  if (choose(form, event) || event.key !== "Enter" || event.shiftKey || event.altKey) return;
  event.preventDefault();
  send(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.composer");
  if (!form) return;
  event.preventDefault();
  send(form);
  field(form).focus();
});

document.addEventListener("click", (event) => {
  const pressed = event.target.closest(".composer .deeds [data-insert]");
  if (pressed) insert(pressed.closest("form"), pressed.dataset.insert);
});

addEventListener("resize", () => { for (const form of forms()) grow(field(form)); });

settleAll();
