// How the page looks to this browser: its theme, chosen before anything is drawn, and its language.

const kept = localStorage.getItem("theme");
if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;

addEventListener("DOMContentLoaded", () => {
  document.getElementById("theme").value = document.documentElement.dataset.theme ?? "";
  document.getElementById("language").value = document.documentElement.lang;
});

document.addEventListener("change", ({ target }) => {
  if (target.id === "theme") {
    localStorage.setItem("theme", target.value);
    if (target.value) document.documentElement.dataset.theme = target.value;
    else delete document.documentElement.dataset.theme;
  }
  if (target.id === "language") {
    const asked = new URLSearchParams(location.search);
    asked.set("lang", target.value);
    location.search = asked;
  }
});
