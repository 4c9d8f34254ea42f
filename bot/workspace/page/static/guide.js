// The guide: a press takes one to a thing to try, as the right person at the right place; a story opens its own page.

import { write } from "./composer.js";
import { ask } from "./control.js";
import { keep, kept } from "./kept.js";
import { look, looking } from "./page.js";
import { open } from "./tools.js";

const narrow = matchMedia("(max-width: 640px)");
const DRAWN_MS = 1500;
const LIT_MS = 4000;

document.addEventListener("click", async ({ target }) => {
  const pressed = target.closest("[data-step], [data-play], [data-connect]");
  if (!pressed) return;
  if (pressed.dataset.play) return play(pressed);
  if (pressed.dataset.step) return step(pressed);
  const connect = document.getElementById("connect");
  connect.open = true;
  connect.querySelector("summary").focus();
});

// Whoever closed the guide need not close it again the next time.
addEventListener("click", ({ target }) => {
  if (target.closest("[data-open]")) keep("guide", looking.tool === "guide" ? "open" : "closed");
});
if (!location.search.includes("at=") && looking.tool === "guide" && kept("guide") === "closed") open("");

async function step(pressed) {
  const there = await ask("step", { name: pressed.dataset.step, lang: looking.lang });
  if (!there) return;
  if (narrow.matches) open("");
  if (there.as !== looking.as || there.at !== looking.at) {
    const drawn = redrawn("room");
    look({ as: there.as, at: there.at });
    await drawn;
  }
  if (there.words) prefill(there.words);
  if (there.message) light(there.message);
}

async function play(pressed) {
  pressed.disabled = true;
  const placed = await ask("play", { story: pressed.dataset.play });
  pressed.disabled = false;
  if (placed) location.href = `${placed.url}/?lang=${looking.lang}`;
}

// Resolves when the region is drawn anew, or when it has had the time to.
function redrawn(region) {
  return new Promise((resolve) => {
    const done = () => { document.removeEventListener("drawn", seen); clearTimeout(late); resolve(); };
    const seen = ({ detail }) => { if (detail.includes(region)) done(); };
    const late = setTimeout(done, DRAWN_MS);
    document.addEventListener("drawn", seen);
  });
}

// What one may send stands in the composer, and is sent by oneself.
function prefill(words) {
  const composer = document.getElementById("composer");
  if (!composer) return;
  write(composer, words);
  document.getElementById("words").focus();
}

function light(ts) {
  const message = document.getElementById(`m-${ts}`);
  if (!message) return;
  message.scrollIntoView({ block: "center" });
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  const gold = { backgroundColor: "var(--gold-soft)" };
  message.animate([gold, { ...gold, offset: 0.6 }, {}], LIT_MS);
}
