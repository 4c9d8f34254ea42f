// A story that plays here: pause, next, its pace, and the page goes where the story is unless one would rather not.

import { ask } from "./control.js";
import { look, looking } from "./page.js";

let follows = true;
let followed = "";

document.addEventListener("click", ({ target }) => {
  const pressed = target.closest("[data-caption]");
  if (pressed) ask("caption", { do: pressed.dataset.caption });
});

document.addEventListener("change", ({ target }) => {
  if (target.id === "story-speed") ask("caption", { do: "speed", speed: Number(target.value) });
  if (target.id === "story-follow") { follows = target.checked; followed = ""; follow(); }
});

const keep = () => {
  const box = document.getElementById("story-follow");
  if (box) box.checked = follows;
};

// Once for each caption: whoever cannot look there is led elsewhere, and is not to be sent there for ever.
function follow() {
  const told = document.querySelector("#caption [data-follow-as]");
  if (!told || !follows) return;
  const caption = [told.dataset.followAs, told.dataset.followAt, told.textContent].join();
  if (caption === followed) return;
  followed = caption;
  const there = { as: told.dataset.followAs || looking.as, at: told.dataset.followAt || looking.at };
  if (there.as !== looking.as || there.at !== looking.at) look(there, { quietly: true });
}

document.addEventListener("drawn", ({ detail }) => {
  if (detail.includes("caption")) follow();
  if (detail.includes("stage")) keep();
});
follow();
