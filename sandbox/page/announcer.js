/** Short words for screen readers, and notes that show for a moment. */
import { el } from "./dom.js";

const SHOWN_FOR = 6000;

/** Say something to screen readers, without interrupting them. */
export function announce(words) {
  const place = document.getElementById("announcer");
  place.textContent = words;
}

/** Show a note at the bottom for a while, and say it. */
export function toast(words) {
  const note = el("div", { class: "toast", role: "alert" }, words);
  document.querySelector(".toast")?.remove();
  document.body.append(note);
  setTimeout(() => note.remove(), SHOWN_FOR);
}
