/** Faces for people without pictures: initials on a colour that is theirs. */
import { el, hex } from "./dom.js";

const HUES = 12;

/** Return an avatar; it is decoration, as the name stands beside it. */
export function avatar(name, size = "") {
  const initials = [...(name || "?").trim()][0]?.toUpperCase() ?? "?";
  return el("span", { class: `avatar ${size} hue-${hue(name || "?")}`, "aria-hidden": "true" }, initials);
}

function hue(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % HUES;
}

/** Colour an element with a role's colour, softened for the page's ground. */
export function tint(element, colour) {
  if (colour) element.style.setProperty("--role", hex(colour));
  else element.style.removeProperty("--role");
  element.classList.toggle("tinted", Boolean(colour));
  return element;
}
