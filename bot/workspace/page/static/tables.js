// Tables of many rows: a page at a time, sorted by the column that is pressed; nothing is asked of the server.

const among = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sort], [data-page]");
  const held = button?.closest(".data-table");
  if (!held) return;
  if (button.dataset.page) turn(held, Number(button.dataset.page), button);
  else sort(held, button.closest("th"));
});

function rowsOf(held) {
  return [...held.querySelectorAll("tbody > tr")];
}

function firstOf(held) {
  return Math.max(0, rowsOf(held).findIndex((row) => !row.hidden));
}

function show(held, first) {
  const size = Number(held.dataset.size);
  const rows = rowsOf(held);
  rows.forEach((row, place) => { row.hidden = place < first || place >= first + size; });
  const [back, told, on] = held.querySelector(".pages")?.children ?? [];
  if (!told) return;
  const said = { first: first + 1, last: Math.min(first + size, rows.length), all: rows.length };
  told.textContent = told.dataset.words.replace(/\{(\w+)\}/g, (_, name) => said[name]);
  back.disabled = first === 0;
  on.disabled = first + size >= rows.length;
}

function turn(held, way, pressed) {
  show(held, firstOf(held) + way * Number(held.dataset.size));
  if (pressed.disabled) pressed.parentElement.querySelector("button:not(:disabled)")?.focus();
}

function sort(held, head) {
  const down = head.ariaSort === "ascending";
  for (const one of head.parentElement.children) one.ariaSort = "none";
  head.ariaSort = down ? "descending" : "ascending";
  const rows = rowsOf(held).sort((one, other) => (down ? -1 : 1) * compared(one.cells[head.cellIndex], other.cells[head.cellIndex]));
  rows[0]?.parentElement.append(...rows);
  show(held, 0);
}

function compared(one, other) {
  const [a, b] = [one.dataset.order, other.dataset.order];
  return a !== undefined && b !== undefined ? a - b : among.compare(one.textContent, other.textContent);
}
