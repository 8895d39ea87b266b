/** What stands above the messages: where one is, and what can be done with a thread. */
import { cleaned, el, icon, morph } from "./dom.js";
import { line } from "./marks.js";
import { openMenu } from "./menus.js";
import { CHANNEL, isThread, titleOfPlace } from "./state.js";

/** Shows the place where one is. */
export class Heading {
  constructor(root, { state, names, actions }) {
    this.root = root;
    this.state = state;
    this.names = names;
    this.actions = actions;
    for (const event of ["channel", "places", "doors"]) state.addEventListener(event, () => this.show());
  }

  /** Draw it afresh. */
  show() {
    const channel = this.state.channel(this.state.place);
    if (!channel) {
      morph(this.root, el("h2", {}, "Choose a channel"));
      return;
    }
    document.title = cleaned(`${titleOfPlace(channel)} · Threadlight demo`);
    morph(
      this.root,
      icon(faceOf(channel)),
      isThread(channel) ? this.#parent(channel) : null,
      el("h2", { dir: "auto" }, titleOfPlace(channel).replace(/^[#@]/, "")),
      channel.topic ? el("span", { class: "topic", data: { key: `${channel.id} ${channel.topic}` } }, line(channel.topic, this.names)) : null,
      el("div", { class: "actions" }, this.#closedThreads(channel), this.#threadActions(channel)),
    );
  }

  #closedThreads(channel) {
    const closed = closedIn(this.state, channel.id);
    if (!closed.length) return null;
    const words = `${closed.length} closed ${closed.length === 1 ? "thread" : "threads"}`;
    const entries = () => closedIn(this.state, channel.id).map((each) => ({ label: each.name, icon: faceOf(each), do: () => this.actions.open(each.id) }));
    const open = ({ currentTarget }) => openMenu(currentTarget, entries(), "Closed threads");
    return el("button", { type: "button", class: "button secondary small", "aria-haspopup": "menu", data: { key: `closed ${channel.id}` }, on: { click: open } }, words);
  }

  #parent(thread) {
    const parent = this.state.channel(thread.parent_id);
    if (!parent) return null;
    const open = () => this.actions.open(parent.id);
    return el("span", { class: "parent" }, el("button", { type: "button", class: "mention", data: { key: parent.id }, on: { click: open } }, `#${parent.name}`), " ›");
  }

  #threadActions(channel) {
    const { may, me } = this.state;
    if (!isThread(channel)) {
      if (channel.type !== CHANNEL.TEXT || !may.create_threads) return null;
      return el(
        "button",
        { type: "button", class: "quiet", data: { key: "create" }, title: "Create a thread", "aria-label": "Create a thread", on: { click: () => this.actions.createThread(null) } },
        icon("thread"),
      );
    }
    const { archived, locked } = channel.thread_metadata;
    if (archived) return el("span", { class: "state" }, locked ? "locked" : "asleep: write to wake it");
    if (channel.owner_id !== me && !may.manage_threads) return null;
    const open = ({ currentTarget }) => openMenu(currentTarget, this.#threadEntries(channel), "Thread");
    return el(
      "span",
      { class: "actions", data: { key: "thread" } },
      locked ? el("span", { class: "state" }, "locked") : null,
      el("button", { type: "button", class: "button secondary small", data: { key: "close" }, on: { click: () => this.actions.archive() } }, "Close thread"),
      el(
        "button",
        { type: "button", class: "quiet", data: { key: `more ${channel.id} ${locked}` }, title: "More", "aria-label": "More about this thread", "aria-haspopup": "menu", on: { click: open } },
        icon("more"),
      ),
    );
  }

  #threadEntries(channel) {
    const { may } = this.state;
    const { locked } = channel.thread_metadata;
    return [
      { label: "Rename thread", icon: "edit", do: () => this.actions.renameThread(channel) },
      may.manage_threads && { label: locked ? "Unlock thread" : "Lock thread", icon: "lock", do: () => this.actions.lockThread(!locked) },
      may.manage_threads && { label: "Delete thread", icon: "bin", danger: true, do: () => this.actions.deleteThread(channel) },
    ];
  }
}

function closedIn(state, id) {
  const channels = state.serverOf(id)?.channels ?? [];
  return channels.filter((each) => isThread(each) && each.parent_id === id && each.thread_metadata.archived);
}

function faceOf(channel) {
  if (channel.type === CHANNEL.DM) return "at";
  if (channel.type === CHANNEL.PRIVATE_THREAD) return "lock";
  return isThread(channel) ? "thread" : "hash";
}
