/** The servers, their channels and threads, and the direct messages. */
import { avatar } from "./avatars.js";
import { el, icon, morph } from "./dom.js";
import { CHANNEL, compareIds, isThread } from "./state.js";

/** Shows the places that one sees, and opens them. */
export class Sidebar {
  constructor(root, state, actions) {
    this.root = root;
    this.state = state;
    this.actions = actions;
    this.home = null;
    for (const event of ["places", "channel", "news"]) state.addEventListener(event, () => this.show());
  }

  /** Show a server's channels, or ("dms") the direct messages, whatever place is open. */
  browse(home) {
    this.home = home;
    this.show();
  }

  /** Show what is there now. */
  show() {
    const server = this.#current();
    morph(this.root, this.#rail(server), server ? this.#channels(server) : this.#dms());
  }

  #current() {
    if (this.home === "dms") return null;
    const { servers } = this.state;
    return servers.find((each) => each.id === this.home) ?? servers[0] ?? null;
  }

  #rail(current) {
    const pings = this.state.dms.reduce((sum, dm) => sum + (this.state.unread.get(dm.id)?.pings ?? 0), 0);
    return el(
      "ul",
      { class: "rail", "aria-label": "Servers" },
      el("li", { data: { key: "dms" } }, this.#stop("dms", "Direct messages", icon("at"), !current, pings)),
      this.state.servers.map((server) => {
        const sum = server.channels.reduce((total, each) => total + (this.state.unread.get(each.id)?.pings ?? 0), 0);
        return el("li", { data: { key: server.id } }, this.#stop(server.id, server.name, initials(server.name), server === current, sum));
      }),
    );
  }

  #stop(key, name, face, current, pings) {
    const description = pings ? `${pings} unread for you` : null;
    const attributes = { type: "button", title: name, "aria-label": name, "aria-description": description, data: { key: `rail-${key}` } };
    const badge = pings ? el("span", { class: "badge", "aria-hidden": "true" }, pings) : null;
    return el(
      "button",
      { ...attributes, "aria-current": current ? "true" : null, on: { click: () => this.#go(key) } },
      face,
      badge,
    );
  }

  #go(key) {
    this.browse(key);
    if (key === "dms") {
      this.actions.openDm();
      return;
    }
    const server = this.state.servers.find((each) => each.id === key);
    const first = server && sorted(server.channels).find((each) => each.type === CHANNEL.TEXT);
    if (first) this.actions.open(first.id);
  }

  #dms() {
    const { bot, dms } = this.state;
    const others = dms.filter((dm) => !dm.recipients.some((each) => each.id === bot?.id));
    return el(
      "div",
      { class: "list", data: { key: "dms" } },
      el("h2", {}, "Direct messages"),
      el("ul", {}, bot ? el("li", { data: { key: "bot" } }, this.#bot(dms)) : null, others.map((dm) => el("li", { data: { key: dm.id } }, this.#dm(dm)))),
    );
  }

  #bot(dms) {
    const dm = dms.find((each) => each.recipients.some((user) => user.id === this.state.bot.id));
    if (dm) return this.#dm(dm);
    const name = this.state.nameOf(this.state.bot.id);
    const face = avatar(name, "small");
    return this.#place({ key: "new-dm", name, face, open: () => this.actions.openDm() });
  }

  #dm(dm) {
    const other = dm.recipients[0];
    const name = this.state.nameOf(other.id, other);
    return this.#place({ key: dm.id, name, face: avatar(name, "small"), open: () => this.actions.open(dm.id) });
  }

  #channels(server) {
    const channels = sorted(server.channels);
    const loose = channels.filter((each) => each.type === CHANNEL.TEXT && !each.parent_id);
    const categories = channels.filter((each) => each.type === CHANNEL.CATEGORY);
    return el(
      "div",
      { class: "list", data: { key: server.id } },
      el("h2", {}, server.name),
      loose.length ? el("ul", {}, loose.map((each) => this.#channel(each, server))) : null,
      categories.map((category) => {
        const inside = channels.filter((each) => each.parent_id === category.id);
        if (!inside.length) return null;
        const list = el("ul", { "aria-label": category.name }, inside.map((each) => this.#channel(each, server)));
        return el("section", { data: { key: category.id } }, el("h3", {}, category.name), list);
      }),
    );
  }

  #channel(channel, server) {
    const threads = server.channels
      .filter((each) => isThread(each) && each.parent_id === channel.id)
      .filter((each) => !each.thread_metadata.archived || each.id === this.state.place)
      .sort((one, other) => compareIds(other.id, one.id));
    return el(
      "li",
      { data: { key: channel.id } },
      this.#place({ key: channel.id, name: channel.name, face: icon("hash"), open: () => this.actions.open(channel.id) }),
      threads.length ? el("ul", { "aria-label": `Threads in ${channel.name}` }, threads.map((each) => this.#thread(each))) : null,
    );
  }

  #thread(thread) {
    const face = icon(thread.type === CHANNEL.PRIVATE_THREAD ? "lock" : "thread");
    return el("li", { data: { key: thread.id } }, this.#place({ key: thread.id, name: thread.name, face, open: () => this.actions.open(thread.id) }));
  }

  #place({ key, name, face, open }) {
    const unread = this.state.unread.get(key);
    const current = key === this.state.place;
    const mark = unread?.pings
      ? el("span", { class: "badge", "aria-hidden": "true" }, unread.pings)
      : unread
        ? el("span", { class: "dot", "aria-hidden": "true" })
        : null;
    return el(
      "button",
      {
        type: "button",
        class: `place${unread ? " unread" : ""}`,
        "aria-current": current ? "page" : null,
        "aria-description": unread ? (unread.pings ? `${unread.pings} unread for you` : "unread") : null,
        title: name,
        data: { key },
        on: { click: open },
      },
      face,
      el("span", { class: "name", dir: "auto" }, name),
      mark,
    );
  }
}

function sorted(channels) {
  return [...channels].sort((one, other) => (one.position ?? 0) - (other.position ?? 0));
}

function initials(name) {
  return name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
}
