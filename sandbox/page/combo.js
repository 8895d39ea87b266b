/** A field with proposals: one types, the list narrows, Enter or a press takes one. */
import { el, fill } from "./dom.js";
import { option } from "./selects.js";

const MOST = 25;
let serial = 0;

/**
 * A combobox. `find(query)` returns (or promises) what fits; each has value, label, and maybe hint,
 * face and also (another name that it goes by). With `free`, what is typed counts as it stands.
 * With `waits`, nothing is marked until somebody types or uses the arrows, and Enter means what it
 * means around the field.
 */
export class Combo {
  constructor({ label, placeholder = "", find, free = false, waits = false, onChange = () => {} }) {
    this.find = find;
    this.free = free;
    this.waits = waits;
    this.onChange = onChange;
    this.value = null;
    this.offered = [];
    this.known = new Map();
    this.active = 0;
    this.id = `combo-${(serial += 1)}`;
    this.list = el("ul", { role: "listbox", id: `${this.id}-list`, class: "options", "aria-label": `${label}: proposals` });
    this.box = el("div", { class: "proposals", hidden: true }, this.list);
    this.input = el("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder,
      "aria-label": label,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${this.id}-list`,
    });
    this.element = el("span", { class: "combo" }, this.input, this.box);
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("focus", () => this.#offer());
    this.input.addEventListener("blur", () => this.#left());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    if (!free) this.#find("");
  }

  /** Return what is entered: the value of what was taken, or (where free) the text. */
  get entered() {
    if (this.value !== null) return this.value;
    const text = this.input.value.trim();
    const exact = this.#exact(text);
    if (exact) return exact.value;
    return this.free && text ? text : null;
  }

  /** Tell whether something stands there that is none of what is offered. */
  get isAstray() {
    return this.input.value.trim() !== "" && this.entered === null;
  }

  /** Put a text there, as if it had been typed. */
  async set(text) {
    this.input.value = text;
    this.value = null;
    this.offered = await this.#find(text);
    const exact = this.#exact(text);
    if (exact) this.#take(exact);
  }

  /** Return what fits, and remember it: what was offered once can be named in full at any time. */
  async #find(query) {
    const found = await this.find(query);
    for (const each of found) this.known.set(each.value, each);
    return found;
  }

  #exact(text) {
    const wanted = text.trim().replace(/^[@#]/, "").toLowerCase();
    if (!wanted) return null;
    const plain = (words) => String(words ?? "").replace(/^[@#]/, "").toLowerCase();
    return [...this.known.values()].find((each) => [each.label, each.value, each.also].some((name) => plain(name) === wanted)) ?? null;
  }

  #typed() {
    this.value = null;
    this.onChange();
    this.#offer();
  }

  async #offer() {
    const query = this.value === null ? this.input.value : "";
    this.asked = query;
    const offered = (await this.#find(query)).slice(0, MOST);
    if (this.asked !== query || document.activeElement !== this.input) return;
    this.offered = offered;
    this.active = this.waits && !query ? -1 : 0;
    fill(this.list, offered.map((each, index) => this.#entry(each, index)));
    this.#open(offered.length > 0);
    this.#mark();
  }

  #entry(each, index) {
    const entry = option(each, `${this.id}-${index}`);
    // Before the field loses the focus, which closes the list.
    entry.addEventListener("pointerdown", (event) => event.preventDefault());
    entry.addEventListener("click", () => {
      this.#take(each);
      this.input.focus();
      this.#open(false);
    });
    return entry;
  }

  #open(open) {
    this.box.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  #mark() {
    [...this.list.children].forEach((entry, index) => {
      entry.setAttribute("aria-selected", String(index === this.active));
      entry.classList.toggle("active", index === this.active);
      if (index === this.active && !this.box.hidden) {
        this.input.setAttribute("aria-activedescendant", entry.id);
        entry.scrollIntoView({ block: "nearest" });
      }
    });
  }

  #take(each) {
    this.value = each.value;
    this.input.value = each.label;
    this.onChange();
  }

  #left() {
    if (this.value === null) {
      const exact = this.#exact(this.input.value);
      if (exact && !this.free) this.#take(exact);
    }
    this.#open(false);
  }

  #key(event) {
    if (this.box.hidden) {
      if (event.key === "ArrowDown" && event.target === this.input) {
        event.preventDefault();
        this.#offer();
      }
      return;
    }
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      const from = this.active < 0 && event.key === "ArrowUp" ? 0 : this.active;
      this.active = (from + steps[event.key] + this.offered.length) % this.offered.length;
      this.#mark();
    } else if (event.key === "Escape") this.#open(false);
    else if (event.key === "Enter" && this.value === null && this.#exact(this.input.value)) {
      // All of it stands there already: Enter does what Enter does around the field.
      this.#take(this.#exact(this.input.value));
      this.#open(false);
      return;
    } else if ((event.key === "Enter" || event.key === "Tab") && this.#takesActive(event)) {
      this.#take(this.offered[this.active]);
      this.#open(false);
      if (event.key === "Tab") return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Enter takes what is marked, unless what stands there is taken already or counts as it is. */
  #takesActive(event) {
    if (!this.offered.length || this.active < 0 || this.value !== null) return false;
    const text = this.input.value.trim();
    if (this.free && event.key === "Enter" && text && !this.#exact(text)) return this.active > 0;
    return text !== "" || event.key === "Enter";
  }
}

/** Return those whose name holds what is looked for, the ones that begin with it first. */
export function fitting(offered, query) {
  const wanted = query.trim().replace(/^[@#]/, "").toLowerCase();
  const rank = (each) => {
    const names = [each.label, each.also].filter(Boolean).map((name) => name.replace(/^[@#]/, "").toLowerCase());
    if (names.some((name) => name.startsWith(wanted))) return 0;
    return names.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  return offered
    .map((each, index) => ({ each, index, rank: rank(each) }))
    .filter((each) => each.rank < 2)
    .sort((one, other) => one.rank - other.rank || one.index - other.index)
    .map(({ each }) => each);
}
