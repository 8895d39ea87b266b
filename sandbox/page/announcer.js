/** Short words for screen readers, and notes that show for a moment. */
import { cleaned, el } from "./dom.js";

const SHOWN_FOR = 6000;

/** Say something to screen readers, without interrupting them. */
export function announce(words) {
  const place = document.getElementById("announcer");
  place.textContent = cleaned(words);
}

/** Return what a screen reader would read of elements: their text without what is hidden from it. */
export function spokenText(...elements) {
  const parts = elements.flatMap((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest("[aria-hidden=true]")) texts.push(walker.currentNode.data);
    }
    return texts.join("");
  });
  return parts.join(" ").replace(/\s+/g, " ").trim();
}

/** Show a note at the bottom for a while, and say it. */
export function toast(words) {
  const note = el("div", { class: "toast", role: "alert" }, words);
  document.querySelector(".toast")?.remove();
  document.body.append(note);
  setTimeout(() => note.remove(), SHOWN_FOR);
}
