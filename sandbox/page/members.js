/** Who is here: the members of a server, by their roles. */
import { avatar, tint } from "./avatars.js";
import { el, morph } from "./dom.js";
import { memberMenu } from "./menus.js";

/** Shows the members of the server where one is. */
export class Members {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    for (const event of ["places", "channel"]) context.state.addEventListener(event, () => this.show());
  }

  /** Draw the list afresh. */
  show() {
    const { state } = this.context;
    const users = state.server ? state.server.members.map((each) => each.user) : [state.user(state.me), state.bot].filter(Boolean);
    const groups = new Map();
    for (const user of users) {
      const title = user.bot ? "apps" : `${state.titleOf(user.id)}s`;
      groups.set(title, [...(groups.get(title) ?? []), user]);
    }
    morph(
      this.root,
      el("h2", {}, "Members"),
      [...groups].map(([title, inside]) => el(
          "section",
          { data: { key: title } },
          el("h3", {}, `${title} — ${inside.length}`),
          el("ul", { "aria-label": title }, inside.map((each) => this.#member(each))),
        )),
    );
  }

  #member(user) {
    const { state } = this.context;
    const name = state.nameOf(user.id, user);
    const open = (event) => {
      event.preventDefault();
      memberMenu(button, user.id, this.context, event.type === "contextmenu" ? event : null);
    };
    const button = el(
      "button",
      { type: "button", class: "member", "aria-haspopup": "menu", on: { click: open, contextmenu: open } },
      avatar(name, "small"),
      tint(el("span", { dir: "auto" }, name), state.colourOf(user.id)),
      user.bot ? el("span", { class: "app" }, "APP") : null,
    );
    return el("li", { data: { key: user.id } }, button);
  }
}
