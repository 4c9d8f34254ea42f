// Modals: the stack that the server draws is opened as dialogs, and what is typed outlives a new drawing of it.

import { told, unsaid } from "./acts.js";
import { tried } from "./control.js";
import { drawn } from "./drawn.js";
import { carry, gathered, summed } from "./fields.js";
import { enter, found, spot } from "./focus.js";
import { looking } from "./page.js";
import { closed, standing } from "./standing.js";
import { failed, quiet, tell } from "./trouble.js";
import "./suggest.js";
import "./unfold.js";

const region = document.getElementById("modals");
const shown = new Map(); // by view, the dialog that the person has before them
let origin = null; // where the focus was before the first one opened
const last = new Map(); // by view, where it was in it
const DRAWN_MS = 5000; // nobody is kept from a form for longer by a drawing that does not come

const redrawn = new MutationObserver(settle);
redrawn.observe(region, { childList: true });

// A view that is drawn as it was is left alone by the order; one that was updated keeps what was typed into it.
function settle() {
  const drawn = [...region.querySelectorAll(":scope > dialog")];
  for (const one of drawn) keep(one);
  const open = new Set(drawn.map((one) => one.dataset.view));
  for (const view of shown.keys()) {
    if (open.has(view)) continue;
    shown.delete(view);
    last.delete(view);
  }
  const top = drawn.at(-1);
  for (const one of drawn) if (one !== top && one.open) one.close();
  if (top) raise(top);
  else if (origin) {
    found(origin)?.focus();
    origin = null;
  }
}

function keep(fresh) {
  const old = shown.get(fresh.dataset.view);
  if (old === fresh) return;
  if (old) again(old, fresh);
  for (const block of fresh.querySelectorAll("[data-input]")) summed(block);
  shown.set(fresh.dataset.view, fresh);
}

// What is typed into it, what is wrong with that, and that it is being sent, is so in the new drawing too.
function again(old, fresh) {
  for (const block of fresh.querySelectorAll("[data-input]")) {
    const { block: name, action, kind } = block.dataset;
    const like = [...old.querySelectorAll("[data-input]")].find(
      ({ dataset }) => dataset.block === name && dataset.action === action && dataset.kind === kind,
    );
    if (!like) continue;
    wrong(block, like.querySelector(".error").textContent);
    if (!("touched" in like.dataset)) continue;
    carry(like, block);
    block.dataset.touched = "";
  }
  if (busy(sender(old))) sender(fresh)?.setAttribute("aria-busy", "true");
  fresh.querySelector(".view").scrollTop = old.querySelector(".view").scrollTop;
  fresh.classList.add("again");
}

function raise(top) {
  if (top.open && top.matches(":modal")) return;
  origin ??= spot(document.activeElement);
  const before = last.get(top.dataset.view);
  if (before) top.classList.add("again");
  top.removeAttribute("open");
  top.showModal();
  const asked = document.querySelector("dialog.sure[open]");
  if (asked) {
    asked.removeAttribute("open");
    asked.showModal();
    return;
  }
  const there = before && found(before, top);
  if (there) enter(before, there);
  else first(top).focus();
}

function first(dialog) {
  const fields = ".view :is(input, select, textarea, summary):not([disabled], [type=hidden])";
  return dialog.querySelector("[autofocus]") ?? dialog.querySelector(fields) ?? dialog.querySelector("h2");
}

region.addEventListener("focusin", (event) => {
  last.set(event.target.closest("dialog").dataset.view, spot(event.target));
});

region.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(event.target.closest("dialog"));
});

const sender = (dialog) => dialog.querySelector("[type=submit]");
const busy = (button) => button?.getAttribute("aria-busy") === "true";

async function submit(dialog) {
  const button = sender(dialog);
  if (!button || busy(button)) return;
  quiet(dialog);
  for (const block of dialog.querySelectorAll("[data-input]")) wrong(block, null);
  button.setAttribute("aria-busy", "true");
  await told(dialog);
  const answer = closed(dialog) ? { ok: true } : await sent(dialog);
  const now = standing(dialog);
  for (const one of [dialog, now]) sender(one)?.removeAttribute("aria-busy");
  const { response, errors = {}, reasons = {} } = answer.result ?? {};
  if (response === "refused" || response === "errors") mend(now, errors, reasons);
  else if (failed(answer)) tell(answer, now);
  else if (response === "none" || response === "clear") now.close();
}

// What came of it; where that is a new drawing of it or something on top of it, that is there by then.
async function sent(dialog) {
  const { id, dataset } = standing(dialog);
  const given = { user: looking.as, view_id: dataset.view, entries: gathered(standing(dialog)) };
  const answer = await tried("submit", given);
  const { response, view } = answer.result ?? {};
  const there = { update: () => standing(dialog).id !== id, push: () => region.querySelector(`[data-view="${view?.id}"]`) };
  if (there[response]) await drawn(() => closed(dialog) || there[response](), DRAWN_MS);
  return answer;
}

// Says at each field what is wrong with it, and goes to the first.
function mend(dialog, errors, reasons) {
  const blocks = [...dialog.querySelectorAll("[data-input]")].filter((one) => one.dataset.block in errors);
  for (const block of blocks) {
    const { block: name } = block.dataset;
    wrong(block, block.querySelector(".error").getAttribute(`data-${reasons[name]}`) ?? errors[name]);
  }
  blocks[0]?.scrollIntoView({ block: "nearest" });
  blocks[0]?.querySelector("input, select, textarea, summary")?.focus();
}

function wrong(block, words) {
  const slot = block.querySelector(".error");
  slot.hidden = !words;
  slot.textContent = words ?? "";
  for (const one of block.querySelectorAll("[aria-describedby]")) {
    if (words) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
}

region.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-close]");
  if (pressed) close(pressed.closest("dialog"), pressed.dataset.close === "all");
});

region.addEventListener("cancel", (event) => {
  if (!event.target.matches("dialog")) return;
  event.preventDefault();
  close(event.target, false);
}, true);

async function close(dialog, all) {
  const { view } = dialog.dataset;
  unsaid(dialog);
  dialog.close();
  const answer = await tried("close", { user: looking.as, view_id: view, clear: all });
  if (answer.ok) return;
  settle(); // the app has it open still
  tell(answer, dialog);
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const block = event.target.closest("[data-input]");
    if (!block) return;
    block.dataset.touched = "";
    wrong(block, null);
  });
}

region.addEventListener("keydown", (event) => {
  const { form } = event.target;
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || !form) return;
  if (event.isComposing || event.defaultPrevented) return;
  event.preventDefault();
  form.requestSubmit();
});

settle();
