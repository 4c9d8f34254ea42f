// On a phone the places lie in a drawer: a button opens it; Escape, the veil and a chosen place close it.
// A menu closes when one presses elsewhere or Escape.

import { closes } from "./escape.js";

const opener = document.getElementById("open-side");
const narrow = matchMedia("(max-width: 640px)");

function slide(open) {
  if (open === document.body.classList.contains("side-open")) return;
  document.body.classList.toggle("side-open", open);
  opener.setAttribute("aria-expanded", open);
  if (open) document.querySelector("#side select, #side a, #side button")?.focus();
  else opener.focus();
}

opener.addEventListener("click", () => slide(!document.body.classList.contains("side-open")));
document.getElementById("veil").addEventListener("click", () => slide(false));
narrow.addEventListener("change", () => slide(false));

document.addEventListener("click", (event) => {
  if (narrow.matches && event.target.closest("#side a[data-at]")) slide(false);
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (!closes(event)) return;
  const menu = [...document.querySelectorAll("details.menu[open]")].pop();
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  } else if (document.body.classList.contains("side-open")) {
    slide(false);
    event.preventDefault();
  }
});
