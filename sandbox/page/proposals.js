/** What is proposed above the message box while one types a command or a name. */
import { el, fill } from "./dom.js";
import { option } from "./selects.js";

/** A list that belongs to a field which keeps the focus. */
export class Proposals {
  constructor(id, field) {
    this.id = id;
    this.field = field;
    this.offered = [];
    this.active = 0;
    this.title = el("p", { class: "proposals-title", "aria-hidden": "true" });
    this.list = el("ul", { role: "listbox", id, class: "options", tabindex: "0" });
    this.element = el("div", { class: "proposals above", hidden: true }, this.title, this.list);
  }

  /** Tell whether the list is open. */
  get isOpen() {
    return !this.element.hidden;
  }

  /** Show what is proposed; each has label, hint, face and `take`. */
  offer(offered, title) {
    this.offered = offered;
    this.active = 0;
    this.title.textContent = title;
    this.list.setAttribute("aria-label", title);
    fill(this.list, offered.map((each, index) => this.#entry(each, index)));
    this.#open(offered.length > 0);
    this.#mark();
  }

  /** Close the list. */
  close() {
    this.#open(false);
  }

  /** Do what a key means for an open list; tell whether it meant something. */
  key(event) {
    if (!this.isOpen) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      this.active = (this.active + steps[event.key] + this.offered.length) % this.offered.length;
      this.#mark();
    } else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.offered[this.active].take();
    else return false;
    event.preventDefault();
    return true;
  }

  #entry(each, index) {
    const entry = option(each, `${this.id}-${index}`);
    entry.addEventListener("pointerdown", (event) => event.preventDefault());
    entry.addEventListener("click", () => each.take());
    return entry;
  }

  #open(open) {
    this.element.hidden = !open;
    if (!open) this.field.removeAttribute("aria-activedescendant");
  }

  #mark() {
    [...this.list.children].forEach((entry, index) => {
      const active = index === this.active;
      entry.setAttribute("aria-selected", String(active));
      entry.classList.toggle("active", active);
      if (active && this.isOpen) {
        this.field.setAttribute("aria-activedescendant", entry.id);
        entry.scrollIntoView({ block: "nearest" });
      }
    });
  }
}
