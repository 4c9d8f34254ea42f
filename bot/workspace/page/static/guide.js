// The guide: a press takes one to a thing to try, as the right person at the right place; a story opens its own page.

import { ask } from "./control.js";
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
  if (target.closest("[data-open]")) localStorage.setItem("guide", looking.tool === "guide" ? "open" : "closed");
});
if (!location.search.includes("at=") && looking.tool === "guide" && localStorage.getItem("guide") === "closed") open("");

async function step(pressed) {
  const there = await ask("step", { name: pressed.dataset.step, lang: looking.lang });
  if (!there) return;
  if (narrow.matches) open("");
  const drawn = redrawn(document.getElementById("room"));
  look({ as: there.as, at: there.at });
  await drawn;
  if (there.words) prefill({ as: there.as, place: there.at, words: there.words });
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
    const done = () => { seen.disconnect(); clearTimeout(late); requestAnimationFrame(resolve); };
    const seen = new MutationObserver(done);
    const late = setTimeout(done, DRAWN_MS);
    seen.observe(region, { childList: true });
  });
}

// The composer takes the words itself; where none listens, they are put into its field.
function prefill(detail) {
  const taken = !document.dispatchEvent(new CustomEvent("golden-ear:prefill", { detail, cancelable: true }));
  const field = document.getElementById("words");
  if (taken || !field) return;
  field.value = detail.words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function light(ts) {
  const message = document.getElementById(`m-${ts}`);
  if (!message) return;
  message.scrollIntoView({ block: "center" });
  message.classList.add("lit");
  message.tabIndex = -1;
  message.focus();
  setTimeout(() => message.classList.remove("lit"), LIT_MS);
}
