// What the page itself tells one person in a conversation: it stays where it was said until it is dismissed.

const ERRORS = { timeout: "operation_timeout", http_timeout: "operation_timeout" };
const NEVER_ARRIVED = ["connection_failed", "http_error", "too_many_redirects"];
const kept = new Map();

// Slack's words for an act of which nothing came.
export function failure(words, named, error) {
  const called = ERRORS[error] ?? (NEVER_ARRIVED.includes(error) ? "dispatch_failed" : error);
  return words.replace("{command}", () => named).replace("{error}", () => called);
}

export function notice(form, words, place = null) {
  const list = listOf(form);
  const last = [...(list?.children ?? [])].findLast((one) => one.dataset.ts);
  const here = place ?? form.dataset.place;
  const told = { words, after: Number(last?.dataset.ts ?? 0) };
  kept.set(here, [...(kept.get(here) ?? []), told]);
  if (form.isConnected && form.dataset.place === here) show(form, here, told);
}

// Say again what was said here, after the place was drawn anew.
export function bring(form, place) {
  form.dataset.place = place;
  for (const told of kept.get(place) ?? []) show(form, place, told);
}

const listOf = (form) => form.closest("#room, #thread")?.querySelector("ol");

function show(form, place, told) {
  const drawn = document.getElementById("notice").content.firstElementChild.cloneNode(true);
  drawn.querySelector("p").textContent = told.words;
  drawn.querySelector("button").addEventListener("click", () => {
    kept.set(place, kept.get(place).filter((one) => one !== told));
    drawn.remove();
    form.querySelector("textarea")?.focus();
  });
  const list = listOf(form);
  const later = [...list.children].find((one) => Number(one.dataset.ts) > told.after);
  list.insertBefore(drawn, later ?? null);
  drawn.scrollIntoView({ block: "nearest" });
}
