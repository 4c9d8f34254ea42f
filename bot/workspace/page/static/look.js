// How the page looks to this browser: its theme, chosen before anything is drawn, and its language.

let kept = null;
try { kept = localStorage.getItem("theme"); } catch { /* a browser that keeps nothing */ }
// A story has an address of its own, where this browser remembers nothing: the way there says it.
const theme = kept ?? new URLSearchParams(location.search).get("theme");
if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;

addEventListener("DOMContentLoaded", () => {
  document.getElementById("theme").value = document.documentElement.dataset.theme ?? "";
  document.getElementById("language").value = document.documentElement.lang;
});

document.addEventListener("change", ({ target }) => {
  if (target.id === "theme") {
    try { localStorage.setItem("theme", target.value); } catch { /* it lasts as long as the page */ }
    if (target.value) document.documentElement.dataset.theme = target.value;
    else delete document.documentElement.dataset.theme;
  }
  if (target.id === "language") {
    const asked = new URLSearchParams(location.search);
    asked.set("lang", target.value);
    location.search = asked;
  }
});
