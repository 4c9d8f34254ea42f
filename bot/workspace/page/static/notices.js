// What the page itself tells one person in a conversation: it stays where it was said until it is dismissed.

const ERRORS = { timeout: "operation_timeout", http_timeout: "operation_timeout" };
const NEVER_ARRIVED = ["connection_failed", "http_error", "too_many_redirects"];
const kept = new Map();
const places = new WeakMap();

// Slack's words for an act of which nothing came.
export function failure(words, named, error) {
  const called = ERRORS[error] ?? (NEVER_ARRIVED.includes(error) ? "dispatch_failed" : error);
  return words.replace("{command}", () => named).replace("{error}", () => called);
}

export function notice(form, words, place = null) {
  const here = place ?? places.get(form);
  const last = [...(listOf(form)?.children ?? [])].findLast((one) => one.dataset.ts);
  const told = { words, after: Number(last?.dataset.ts ?? 0), drawn: null };
  kept.set(here, [...(kept.get(here) ?? []), told]);
  if (form.isConnected && places.get(form) === here) show(form, here, told);
}

// Say again what was said here, where the place was drawn anew; what was said elsewhere is not for here.
export function bring(form, place) {
  places.set(form, place);
  const here = kept.get(place) ?? [];
  for (const one of listOf(form)?.querySelectorAll(".notice") ?? []) {
    if (!here.some((told) => told.drawn === one)) one.remove();
  }
  for (const told of here) if (!told.drawn?.isConnected) show(form, place, told);
}

const listOf = (form) => form.closest("#room, #thread")?.querySelector("ol");

function show(form, place, told) {
  const list = listOf(form);
  if (!list) return;
  told.drawn = document.getElementById("notice").content.firstElementChild.cloneNode(true);
  told.drawn.querySelector("p").textContent = told.words;
  told.drawn.querySelector("button").addEventListener("click", () => {
    kept.set(place, kept.get(place).filter((one) => one !== told));
    told.drawn.remove();
    form.querySelector("textarea")?.focus();
  });
  const later = [...list.children].find((one) => Number(one.dataset.ts) > told.after);
  list.insertBefore(told.drawn, later ?? null);
  told.drawn.scrollIntoView({ block: "nearest" });
}
