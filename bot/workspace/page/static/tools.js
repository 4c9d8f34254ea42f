// The tools beside the room: which is open, what their buttons and switches ask for, and the clocks that go on.

import { ask } from "./control.js";
import { closesPanel } from "./escape.js";
import { keep } from "./remembered.js";
import { look, looking } from "./page.js";
import { toast } from "./toasts.js";

const TICK_MS = 500;
const panel = document.getElementById("tools");
const thread = document.getElementById("thread");
const language = { en: "en-GB", "zh-Hant": "zh-Hant", "zh-Hans": "zh-Hans" }[document.body.dataset.lang];
const forms = {
  day: { weekday: "short", day: "numeric", month: "short" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};
const formats = new Map();
const since = new WeakMap();

// Which tool is open: a thread lies in its place, and it is there again when the thread is closed

const seen = () => (thread.hidden ? looking.tool : "");

function show() {
  const tool = seen();
  panel.hidden = !tool;
  document.body.dataset.tool = panel.dataset.tool = looking.tool;
  for (const button of document.querySelectorAll("[data-open][aria-expanded]")) {
    button.setAttribute("aria-expanded", button.dataset.open === tool);
  }
}

export function open(tool) {
  const before = seen();
  if (tool === before) return;
  thread.hidden = true;
  look({ tool, thread: "" });
  show();
  if (tool) panel.focus({ preventScroll: true });
  else document.getElementById(`open-${before}`)?.focus();
}

// Whoever closed the guide need not close it again the next time.
function choose(tool) {
  open(tool);
  keep("guide", tool === "guide" ? "open" : "closed");
}

addEventListener("popstate", show);
document.addEventListener("drawn", ({ detail }) => {
  if (detail.includes("thread")) show();
});

document.addEventListener("keydown", (event) => {
  if (!seen() || !closesPanel(event)) return;
  if (event.target.type === "search" && event.target.value) return;
  if (!panel.contains(event.target) && event.target.closest("#thread, #composer")) return;
  event.preventDefault();
  choose("");
});

// What is asked for

async function press(button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const answer = await ask(button.dataset.ask, JSON.parse(button.dataset.given ?? "{}"));
  button.removeAttribute("aria-busy");
  if (answer !== null && button.dataset.done) toast(button.dataset.done);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) choose(opener.dataset.open === seen() ? "" : opener.dataset.open);
  const asker = event.target.closest("[data-ask]");
  if (asker) press(asker);
});

document.addEventListener("change", async ({ target }) => {
  if (!target.dataset.scene) return;
  if (await ask("scene", { name: target.dataset.scene, on: target.checked }) === null) target.checked = !target.checked;
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "clock-form") return;
  event.preventDefault();
  ask("hotel_time", { at: document.getElementById("clock-at").value });
});

// What goes on by itself

function format(zone, form) {
  const name = `${zone} ${form}`;
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat(language, { ...forms[form], timeZone: zone }));
  return formats.get(name);
}

function say(piece, words) {
  if (piece.textContent !== words) piece.textContent = words;
}

// The server's clock may differ from the browser's: what counts is how long ago the server said what time it was.
function first(piece, value) {
  if (!since.has(piece)) since.set(piece, value);
  return since.get(piece);
}

function tick() {
  for (const face of document.querySelectorAll("[data-offset]")) {
    const lag = first(face, (Number(face.dataset.real) + Number(face.dataset.offset)) * 1000 - Date.now());
    for (const piece of face.querySelectorAll("[data-tick]")) {
      const { zone } = piece.closest("[data-zone]").dataset;
      say(piece, format(zone, piece.dataset.tick).format(Date.now() + lag));
    }
  }
  for (const piece of document.querySelectorAll("[data-left]")) {
    const end = first(piece, performance.now() + Number(piece.dataset.left) * 1000);
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    say(piece, piece.dataset.words.replace("{left}", left));
  }
}

show();
tick();
setInterval(tick, TICK_MS);
