/** What slides in from the sides: places on narrow screens, members, what the servers see. */

const WIDE = matchMedia("(min-width: 1101px)");
const KEY = "threadlight-demo-side";

/** Opens and closes the sides; on a narrow screen one at a time, closed by what is chosen. */
export class Drawers {
  constructor() {
    this.sides = ["members", "panel"].map((name) => ({ name, side: byId(name), button: byId(`open-${name}`) }));
    this.places = byId("places");
    this.opener = byId("open-places");
    for (const { name, button } of this.sides) button.addEventListener("click", () => this.toggle(name));
    this.opener.addEventListener("click", () => this.#places(!this.places.classList.contains("open")));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !WIDE.matches && !event.defaultPrevented) this.close();
    });
    document.querySelector("main").addEventListener("pointerdown", () => this.close());
    WIDE.addEventListener("change", () => this.#show(WIDE.matches ? (localStorage.getItem(KEY) ?? "panel") : ""));
    if (WIDE.matches) this.#show(localStorage.getItem(KEY) ?? "panel");
  }

  /** Open a side, or close it where it is open. */
  toggle(name) {
    const open = this.sides.find((each) => each.name === name).side.hidden;
    this.#show(open ? name : "");
    if (WIDE.matches) localStorage.setItem(KEY, open ? name : "");
    this.#places(false);
  }

  /** Close what covers the conversation. */
  close() {
    this.#places(false);
    if (!WIDE.matches) this.#show("");
  }

  #show(name) {
    for (const each of this.sides) {
      each.side.hidden = each.name !== name;
      each.button.setAttribute("aria-expanded", String(each.name === name));
    }
  }

  #places(open) {
    this.places.classList.toggle("open", open);
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) this.#show("");
    if (open) this.places.querySelector("[aria-current]")?.focus();
  }
}

function byId(id) {
  return document.getElementById(id);
}
