/** The messages of a channel, kept at the bottom unless the reader scrolled up. */
import { announce, spokenText } from "./announcer.js";
import { avatar } from "./avatars.js";
import { el, fill, icon } from "./dom.js";
import { refreshTimes } from "./marks.js";
import { isEphemeral, isLoading, MessageView, wordsOf, writtenAt } from "./message.js";


const NEAR = 48;
const TOGETHER = 7 * 60;
const QUIET_FOR = 2500;
const SPOKEN = 300;

/** Shows what is said where one looks; changes appear at the next frame, all at once. */
export class Timeline {
  constructor(root, context, { welcome, earlier }) {
    this.root = root;
    this.context = context;
    this.state = context.state;
    this.welcome = welcome;
    this.views = new Map();
    this.dismissed = new Set();
    this.sticks = true;
    this.missed = 0;
    this.room = 0;
    this.changed = new Set();
    this.top = el("div", { class: "beginning" });
    this.list = el("ol", { class: "messages" });
    this.below = el("ol", { class: "messages notes" });
    this.jump = el("button", { type: "button", class: "jump", hidden: true, on: { click: () => this.stick() } });
    this.more = el("button", { type: "button", class: "button secondary", on: { click: earlier } }, "Show earlier messages");
    this.content = el("div", { class: "flow" }, this.top, this.list, this.below);
    fill(root, this.content);
    root.after(this.jump);
    root.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    root.addEventListener("keydown", (event) => this.#keys(event));
    new ResizeObserver(() => this.#settle()).observe(this.content);
    new ResizeObserver(() => this.#settle()).observe(root);
    setInterval(() => refreshTimes(root, Date.now()), 15_000);
    this.#listen();
  }

  #listen() {
    const { state } = this;
    state.addEventListener("channel", () => this.#open());
    state.addEventListener("earlier", () => this.#unfold());
    state.addEventListener("places", () => this.#later(...state.messages.keys()));
    state.addEventListener("doors", () => this.#later());
    state.addEventListener("message", ({ detail }) => this.#later(detail.gone ?? detail.message.id, ...state.repliesTo(detail)));
  }

  /** Go to the newest message and stay there. */
  stick() {
    this.sticks = true;
    this.missed = 0;
    this.#settle();
  }

  /** Go to a message and point at it; false where it is not shown. */
  show(id) {
    const view = this.views.get(id);
    if (!view) return false;
    this.sticks = false;
    view.element.scrollIntoView({ block: "center" });
    view.article.focus();
    view.element.classList.add("pointed-at");
    setTimeout(() => view.element.classList.remove("pointed-at"), 1800);
    return true;
  }

  /** Take a message that one alone sees off the page. */
  dismiss(id) {
    this.dismissed.add(id);
    this.#later(id);
  }

  /** Show a line of the client's own below the messages; return what takes it away. */
  note({ words, userId, busy = false, failed = false }) {
    const close = () => line.remove();
    const line = this.#noteLine({ words, userId, busy, failed, close });
    this.below.append(line);
    this.stick();
    return close;
  }

  #noteLine({ words, userId, busy, failed, close }) {
    const { state } = this;
    const name = state.nameOf(state.bot.id);
    const dismiss = el("button", { type: "button", class: "link", on: { click: close } }, "Dismiss message");
    return el(
      "li",
      { class: "message ephemeral" },
      el(
        "article",
        {},
        el("div", { class: "above" }, userId ? el("p", { class: "reply" }, state.nameOf(userId), ` used ${words.used}`) : null),
        el("div", { class: "face-column" }, avatar(name)),
        el(
          "div",
          { class: "body" },
          el("div", { class: "head" }, el("b", {}, name), el("span", { class: "app" }, "APP")),
          el("p", { class: failed ? "failure" : "sending", role: failed ? "alert" : null, "aria-busy": busy ? "true" : null }, words.says),
          failed ? el("p", { class: "only-you" }, icon("eye"), " Only you can see this • ", dismiss) : null,
        ),
      ),
    );
  }

  #open() {
    const key = `${this.state.me} ${this.state.place}`;
    if (key === this.key) {
      // The same place, told anew: the reader stays where they are.
      this.#later(...this.state.messages.keys());
      return;
    }
    this.key = key;
    this.views.clear();
    fill(this.list);
    fill(this.below);
    this.changed.clear();
    this.missed = 0;
    this.sticks = true;
    this.#sync();
    this.root.setAttribute("aria-label", `Messages in ${this.context.names.place(this.state.place)}`);
    this.#settle();
  }

  #unfold() {
    const { root } = this;
    const before = root.scrollHeight - root.scrollTop;
    this.sticks = false;
    this.#sync();
    root.scrollTop = root.scrollHeight - before;
  }

  #later(...ids) {
    for (const id of ids) this.changed.add(id);
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.#sync();
      this.#settle();
    });
  }

  /** Bring the list in line with the messages: what is gone goes, what is new comes in its place. */
  #sync() {
    const shown = this.state.timeline.filter((each) => !this.dismissed.has(each.id));
    const ids = new Set(shown.map((each) => each.id));
    for (const [id, view] of this.views) {
      if (!ids.has(id)) {
        const next = view.element.contains(document.activeElement) && neighbour(view.element);
        view.element.remove();
        if (next) next.focus();
        this.views.delete(id);
      }
    }
    let before = null;
    let place = this.list.firstElementChild;
    for (const message of shown) {
      place = this.#put(message, before, place);
      before = message;
    }
    while (place) {
      const next = place.nextElementSibling;
      place.remove();
      place = next;
    }
    fill(this.top, this.state.earlier ? this.more : this.welcome());
    this.#rove();
    this.changed.clear();
  }

  #put(message, before, place) {
    const day = dayOf(message);
    let at = place;
    if (!before || dayOf(before) !== day) {
      if (at?.dataset.day === day) at = at.nextElementSibling;
      else this.list.insertBefore(divider(day, message), at);
    }
    const grouped = Boolean(before) && together(before, message);
    const known = this.views.get(message.id);
    if (!known) {
      const view = new MessageView(message, this.context);
      view.update(message, grouped);
      this.views.set(message.id, view);
      this.list.insertBefore(view.element, at);
      this.#arrived(message);
      return at;
    }
    if (this.changed.has(message.id) || known.grouped !== grouped) known.update(message, grouped);
    if (known.element === at) return at.nextElementSibling;
    this.list.insertBefore(known.element, at);
    return at;
  }

  #arrived(message) {
    if (!this.changed.has(message.id) || message.author.id === this.state.me) return;
    if (!this.sticks) this.missed += 1;
    const name = this.context.state.nameOf(message.author.id, message.author);
    if (message.author.bot) {
      announce(isLoading(message) ? `${name} is thinking` : `${name} answers`);
      this.#announceWhenDone(message.id, name);
    } else requestAnimationFrame(() => announce(`${name}: ${this.#spoken(message.id)}`));
  }

  #spoken(id) {
    const marks = this.views.get(id)?.article.querySelectorAll(".body .marks") ?? [];
    return spokenText(...marks).slice(0, SPOKEN);
  }

  /** Tell a screen reader of an answer once it has stopped growing, not at each word. */
  #announceWhenDone(id, name, last = "") {
    setTimeout(() => {
      const message = this.state.messages.get(id);
      if (!message) return;
      const words = wordsOf(message);
      if (isLoading(message) || words !== last) this.#announceWhenDone(id, name, words);
      else announce(`${name}${isEphemeral(message) ? ", only to you" : ""}: ${this.#spoken(id)}`);
    }, QUIET_FOR);
  }

  #scrolled() {
    const { root } = this;
    // What moved because something above or below changed its size is none of the reader's doing.
    const room = root.scrollHeight - root.clientHeight;
    if (room !== this.room) return;
    this.sticks = room - root.scrollTop < NEAR;
    if (this.sticks) this.missed = 0;
    this.#offerJump();
  }

  #settle() {
    const { root } = this;
    if (this.sticks) root.scrollTop = root.scrollHeight;
    this.room = root.scrollHeight - root.clientHeight;
    this.#offerJump();
  }

  #offerJump() {
    this.jump.hidden = this.sticks;
    const news = this.missed ? `${this.missed} new ${this.missed === 1 ? "message" : "messages"} · ` : "";
    this.jump.textContent = `${news}Jump to the newest`;
  }

  /** One message is a stop for the Tab key, the newest at first; the arrows go from one to the next. */
  #rove() {
    if (this.list.contains(document.activeElement)) return;
    const newest = this.views.get(this.state.timeline.findLast((each) => this.views.has(each.id))?.id);
    for (const { article } of this.views.values()) article.tabIndex = article === newest?.article ? 0 : -1;
  }

  #keys(event) {
    const current = event.target.closest?.("li.message");
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || event.target !== current?.querySelector("article")) return;
    let next = current;
    do next = event.key === "ArrowUp" ? next.previousElementSibling : next.nextElementSibling;
    while (next && !next.classList.contains("message"));
    if (!next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    const article = next.querySelector("article");
    article.tabIndex = 0;
    article.focus();
  }
}

/** Return the message beside one that goes, which gets the focus, or where one writes. */
function neighbour(element) {
  const beside = [element.nextElementSibling, element.previousElementSibling].find((each) => each?.matches(".message"));
  return beside?.querySelector("article") ?? document.getElementById("composer-text");
}

function dayOf(message) {
  return new Date(message.timestamp).toDateString();
}

function divider(day, message) {
  const words = new Date(message.timestamp).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  return el("li", { class: "day", data: { day } }, el("span", {}, words));
}

function together(before, message) {
  const close = writtenAt(message) - writtenAt(before) < TOGETHER;
  const plain = [0, 20].includes(message.type) && !message.interaction_metadata && !("referenced_message" in message);
  return close && plain && before.type !== 18 && before.author.id === message.author.id && isEphemeral(before) === isEphemeral(message);
}

