// Copying: whether it was done is said.

import { toast } from "./toasts.js";

export async function copy(words, done) {
  try {
    await navigator.clipboard.writeText(words);
    toast(done);
  } catch {
    toast(document.getElementById("menus").dataset.uncopied);
  }
}
