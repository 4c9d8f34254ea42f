// The inspector: new entries come on top, an entry that is opened is fetched whole, and what is sought is asked for.

import { copy } from "./copy.js";
import { drawn } from "./drawn.js";
import { learn } from "./orders.js";
import { look, looking } from "./page.js";
import { toast } from "./toasts.js";
import { tell } from "./trouble.js";

const SHOWN = 300;
const TYPING_MS = 200;
const FOUND_MS = 30_000; // whoever has gone on since is not led away

let typing = 0;

function paused() {
  return document.getElementById("pause")?.getAttribute("aria-pressed") === "true";
}

// The list stands still as long as it is marked as kept, whatever is drawn around it.
function pause(stop) {
  document.getElementById("pause")?.setAttribute("aria-pressed", stop);
  document.getElementById("traffic")?.toggleAttribute("data-kept", stop);
  seek();
}

learn("traffic", ({ id, html }) => {
  const list = document.getElementById("traffic");
  if (!list || document.getElementById(id)) return;
  if (paused()) {
    const said = document.getElementById("held-back");
    said.textContent = `+${Number(said.textContent) + 1}`;
    return;
  }
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.firstElementChild;
  const older = [...list.children].find((one) => Number(one.dataset.ts) > Number(fresh.dataset.ts));
  const scrolled = list.scrollTop > 0;
  list.insertBefore(fresh, older ?? null);
  while (list.children.length > SHOWN) list.lastElementChild.remove();
  if (scrolled) list.scrollTop += fresh.getBoundingClientRect().height;
});

document.addEventListener("drawn", ({ detail }) => {
  if (detail.includes("traffic")) document.getElementById("held-back")?.replaceChildren();
});

async function whole(entry) {
  const given = new URLSearchParams({ as: looking.as, lang: looking.lang });
  try {
    const reply = await fetch(`/page/traffic/${entry.dataset.entry}?${given}`);
    const words = await reply.text();
    if (reply.ok) entry.querySelector(".entry-whole").innerHTML = words;
    else toast(words);
  } catch {
    entry.open = false;
    tell({ ok: false });
  }
}

document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.("[data-entry]") && target.open) whole(target);
}, true);

// What is sought

function seek() {
  const form = document.getElementById("seek");
  if (!form) return; // closed while one typed
  const given = [...new FormData(form)].filter(([, value]) => value);
  if (paused()) given.push(["paused", "1"]);
  look({ seek: `${new URLSearchParams(given)}` }, { quietly: true });
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.id !== "seek") return;
  clearTimeout(typing);
  typing = setTimeout(seek, TYPING_MS);
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "seek") event.preventDefault();
});

function reveal(entry) {
  entry.open = true;
  document.getElementById("traffic").scrollTop = entry.offsetTop;
  entry.querySelector("summary").focus({ preventScroll: true });
}

// What is shown from elsewhere may not be in the list that is sought: then everything is.
async function showEntry(number) {
  const find = () => document.querySelector(`[data-entry="${number}"]`);
  if (find()) return reveal(find());
  for (const field of document.querySelectorAll("#seek :is(input, select)")) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  const { seek: before } = looking;
  pause(false);
  const { seek } = looking;
  if (seek === before) return;
  await drawn((what) => what.includes("traffic") || what.includes("tools"), FOUND_MS);
  if (looking.seek === seek && find()) reveal(find());
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.id === "pause") {
    pause(!paused());
  } else if (button.dataset.show) {
    await showEntry(button.dataset.show);
  } else if (button.dataset.copy) {
    await copy(document.getElementById(button.dataset.copy).textContent, button.dataset.done);
  }
});
