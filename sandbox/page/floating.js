/** What floats above the page: lists and menus, closed by Escape, by a press elsewhere, by use. */
import { el } from "./dom.js";

const GAP = 4;
const EDGE = 8;

/** Show a box below (or above) an anchor; return what closes it. The anchor gets the focus back. */
export function floatBelow(anchor, box, { onClose = null } = {}) {
  anchor.setAttribute("aria-expanded", "true");
  const close = float(box, anchor, () => {
    anchor.setAttribute("aria-expanded", "false");
    onClose?.();
  });
  // What it belongs to moves while messages come in.
  const follow = () => {
    if (!box.isConnected) {
      removeEventListener("scroll", follow, true);
      removeEventListener("resize", follow);
    } else if (anchor.isConnected) beside(box, anchor.getBoundingClientRect());
    else close();
  };
  follow();
  addEventListener("scroll", follow, true);
  addEventListener("resize", follow);
  return close;
}

/** Show a box at a point of the window; return what closes it. */
export function floatAt(x, y, box, anchor, { onClose = null } = {}) {
  const close = float(box, anchor, onClose);
  place(box, x, y);
  return close;
}

function beside(box, at) {
  box.style.setProperty("min-width", `${Math.min(at.width, innerWidth - 2 * EDGE)}px`);
  const below = innerHeight - at.bottom >= box.offsetHeight + GAP || at.top < box.offsetHeight;
  place(box, at.left, below ? at.bottom + GAP : at.top - GAP - box.offsetHeight);
}

function place(box, x, y) {
  const left = Math.max(EDGE, Math.min(x, innerWidth - box.offsetWidth - EDGE));
  const top = Math.max(EDGE, Math.min(y, innerHeight - box.offsetHeight - EDGE));
  box.style.setProperty("left", `${left}px`);
  box.style.setProperty("top", `${top}px`);
}

function float(box, anchor, onClose) {
  let open = true;
  const elsewhere = (event) => {
    if (!box.contains(event.target)) close();
  };
  const escape = (event) => {
    if (event.key !== "Escape" && event.key !== "Tab") return;
    if (event.key === "Escape") event.preventDefault();
    if (event.key === "Tab" && box.querySelector("button, input")) return;
    event.stopPropagation();
    close();
  };
  const left = ({ relatedTarget: to }) => {
    if (to && to !== anchor && !box.contains(to)) close();
  };
  function close() {
    if (!open) return;
    open = false;
    const focused = box.contains(document.activeElement);
    box.remove();
    document.removeEventListener("pointerdown", elsewhere, true);
    document.removeEventListener("keydown", escape, true);
    if (focused && anchor?.isConnected) anchor.focus();
    onClose?.();
  }
  // In the same part of the page: an open dialog covers all that is not in it, and people who go
  // from landmark to landmark look for it there.
  (anchor?.closest("dialog, main, aside, header.top") ?? document.body).append(box);
  document.addEventListener("pointerdown", elsewhere, true);
  document.addEventListener("keydown", escape, true);
  box.addEventListener("focusout", left);
  return close;
}

/** Return a separator for menus. */
export function rule() {
  return el("li", { role: "separator", class: "rule" });
}
