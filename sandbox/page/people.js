/** Who am I: one of the people of the sandbox, switched at once. */
import { avatar } from "./avatars.js";
import { el, morph } from "./dom.js";

const KEY = "threadlight-demo-me";

/** Shows the people, and tells which of them one wants to be. */
export class Who {
  constructor(form, state, become) {
    this.form = form;
    this.state = state;
    form.addEventListener("change", (event) => become(event.target.value));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const event of ["places", "channel"]) state.addEventListener(event, () => this.show());
  }

  /** Keep in mind, in this tab, who one is. */
  remember(id) {
    sessionStorage.setItem(KEY, id);
  }

  /** Return who one was last in this tab, or else a plain member. */
  get remembered() {
    const last = sessionStorage.getItem(KEY);
    return this.state.people.some((each) => each.id === last) ? last : this.state.first;
  }

  /** Show everybody, with what they are in the server where one is. */
  show() {
    morph(this.form, el("span", { class: "lead", "aria-hidden": "true" }, "You are"), this.state.people.map((each) => this.#choice(each)));
  }

  #choice(user) {
    const name = user.global_name || user.username;
    const title = this.state.titleOf(user.id);
    return el(
      "label",
      { title: `Be ${name}, ${title} here`, data: { key: user.id } },
      el("input", {
        type: "radio",
        name: "me",
        value: user.id,
        checked: user.id === this.state.me,
        "aria-label": `${name}, ${title}`,
      }),
      avatar(name, "small"),
      el("span", { class: "name" }, name, el("span", { class: "title" }, title)),
    );
  }
}
