// Lists and menus that unfold: closed by Escape and by a press elsewhere; menus are walked through by the arrow keys.

import { closes } from "./escape.js";

const OPEN = "details.menu[open], details.several[open]";

document.addEventListener("click", (event) => {
  for (const one of document.querySelectorAll(OPEN)) {
    if (!one.contains(event.target)) one.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const list = closes(event) && unfolded(event.target);
  const menu = event.target.closest?.("details.menu[open]");
  if (list) {
    event.preventDefault();
    list.open = false;
    list.querySelector("summary").focus();
  } else if (menu && ["ArrowDown", "ArrowUp"].includes(event.key) && !event.target.matches("select, input")) {
    event.preventDefault();
    const all = [...menu.querySelectorAll("summary ~ * :is(button, a)")];
    const at = all.indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1;
    all.at(next % all.length)?.focus();
  }
});

// What unfolds where one is, or was left open behind.
function unfolded(target) {
  return target.closest?.(OPEN) ?? [...(document.querySelector("dialog:modal") ?? document).querySelectorAll(OPEN)].pop();
}

// Upwards, where there is no room below, and to the other side where there is none at this.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details.menu, details.several")) return;
  menu.classList.remove("up", "end");
  const list = menu.querySelector("summary + *");
  if (!menu.open || getComputedStyle(list).position !== "absolute") return;
  const around = menu.closest(".messages, .view, .thread, .home") ?? document.body;
  const room = around.getBoundingClientRect();
  const { bottom, height, right } = list.getBoundingClientRect();
  menu.classList.toggle("end", right > room.right);
  menu.classList.toggle("up", bottom > room.bottom && menu.getBoundingClientRect().top - height > room.top);
}, true);

// A long list is narrowed to what holds the words that are typed.
document.addEventListener("input", (event) => {
  if (!("narrow" in event.target.dataset)) return;
  const wanted = event.target.value.trim().toLocaleLowerCase();
  for (const one of event.target.closest("details").querySelectorAll(".choice")) {
    one.hidden = !one.textContent.toLocaleLowerCase().includes(wanted);
  }
});
