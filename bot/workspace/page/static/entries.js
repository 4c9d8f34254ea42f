// The messages of a list by keys: up and down from one to the next, Tab into it, letters for what is done most.

const LETTERS = { r: '[data-menu="picker"]', t: '[data-act="thread"]', m: '[data-menu="more"]' };

function step(list, entry, key) {
  const all = [...list.querySelectorAll('[data-where="message"]')];
  const at = all.indexOf(entry);
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  if (at < 0) return all.at(-1);
  return all[at + (key === "ArrowDown" ? 1 : -1)];
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const tool = event.target.closest?.(".toolbar button");
  if (tool && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    const all = [...tool.parentElement.children].filter((one) => one.checkVisibility());
    all[(all.indexOf(tool) + (event.key === "ArrowRight" ? 1 : -1) + all.length) % all.length].focus();
    event.preventDefault();
    return;
  }
  const list = event.target.closest?.("ol");
  const entry = event.target.closest?.('[data-where="message"]');
  if (!list || (event.target !== list && event.target !== entry)) return;
  if (["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
    const next = step(list, entry, event.key);
    if (!next) return;
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  } else if (entry && LETTERS[event.key]) entry.querySelector(`.toolbar ${LETTERS[event.key]}`)?.click();
  else if (entry && event.key === "Escape") list.focus();
  else return;
  event.preventDefault();
});

// A message that is drawn anew while it has the focus keeps it.
document.addEventListener("drawn", () => {
  const entry = document.activeElement;
  if (entry?.matches('[data-where="message"]')) entry.tabIndex = -1;
});
