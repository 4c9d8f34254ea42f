// The guide: a press takes one to a thing to try, as the right person at the right place; a story opens its own page.

import { write } from "./composer.js";
import { ask } from "./control.js";
import { kept } from "./remembered.js";
import { look, looking } from "./page.js";
import { open } from "./tools.js";

const narrow = matchMedia("(max-width: 640px)");
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

if (!location.search.includes("at=") && looking.tool === "guide" && kept("guide") === "closed") open("");

async function step(pressed) {
  const there = await ask("step", { name: pressed.dataset.step, lang: looking.lang });
  if (!there) return;
  if (narrow.matches) open("");
  if (there.as !== looking.as || there.at !== looking.at) {
    look({ as: there.as, at: there.at });
    if (!(await arrived(there))) return;
  }
  if (there.words) prefill(there.words);
  if (there.message) light(there.message);
}

async function play(pressed) {
  pressed.disabled = true;
  const placed = await ask("play", { story: pressed.dataset.play });
  pressed.disabled = false;
  const { theme = "" } = document.documentElement.dataset;
  if (placed) location.href = `${placed.url}/?${new URLSearchParams({ lang: looking.lang, theme })}`;
}

// True once that person's room is drawn; false if one has gone elsewhere before.
function arrived({ as, at }) {
  return new Promise((resolve) => {
    const seen = () => {
      const there = document.getElementById("messages")?.dataset.place === at
        && (document.getElementById("composer")?.dataset.as ?? as) === as;
      const elsewhere = looking.as !== as || looking.at !== at;
      if (!there && !elsewhere) return;
      document.removeEventListener("drawn", seen);
      resolve(!elsewhere);
    };
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
