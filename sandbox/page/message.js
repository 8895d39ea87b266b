/** One message as Discord shows it, which changes in place. */
import { avatar, tint } from "./avatars.js";
import { reconcile } from "./components.js";
import { el, fill, icon } from "./dom.js";
import { embed } from "./embeds.js";
import { attachment } from "./files.js";
import { line, paint } from "./marks.js";
import { memberMenu, messageMenu } from "./menus.js";
import { fullMoment, stamp } from "./times.js";

const FLAG = { EPHEMERAL: 1 << 6, LOADING: 1 << 7, V2: 1 << 15 };
const TYPE = { NAME_CHANGED: 4, THREAD_CREATED: 18, THREAD_STARTER: 21 };
/** Messages of Discord's own, on one line. */
const SYSTEM = [TYPE.NAME_CHANGED, TYPE.THREAD_CREATED];

/** Tell whether the bot is still about to fill a message. */
export function isLoading(message) {
  return Boolean(message.flags & FLAG.LOADING);
}

/** Tell whether one person alone sees a message. */
export function isEphemeral(message) {
  return Boolean(message.flags & FLAG.EPHEMERAL);
}

/** Return when a message was written, in seconds. */
export function writtenAt(message) {
  return Date.parse(message.timestamp) / 1000;
}

/** Draws a message into a list item, and draws again only what has changed. */
export class MessageView {
  constructor(message, context) {
    this.context = context;
    this.shown = {};
    this.content = el("div", { class: "marks content" });
    this.embeds = el("div", { class: "embeds" });
    this.components = el("div", { class: "parts" });
    this.files = el("div", { class: "files" });
    this.tail = el("div", { class: "tail" });
    this.above = el("div", { class: "above" });
    this.head = el("div", { class: "head" });
    this.face = el("div", { class: "face-column" });
    this.tools = el("div", { class: "tools", role: "toolbar", "aria-label": "Message actions" });
    this.article = el(
      "article",
      { tabindex: "-1", "aria-roledescription": "message" },
      this.above,
      this.face,
      el("div", { class: "body" }, this.head, this.content, this.embeds, this.components, this.files, this.tail),
      this.tools,
    );
    this.element = el("li", { class: "message", data: { id: message.id } }, this.article);
    this.article.addEventListener("contextmenu", (event) => this.#menu(event));
    this.update(message);
  }

  /** Take in the message as it is now; `grouped` hides a head that would repeat the one above. */
  update(message, grouped = this.grouped) {
    this.message = message;
    this.grouped = grouped;
    const { names } = this.context;
    this.#classes(grouped);
    this.#part("above", [message.interaction, message.referenced_message, message.type, names.version], () => this.#above());
    this.#part("head", [message.author, message.timestamp, names.version], () => this.#head());
    this.#part("text", [message.content, message.type, message.flags, message.referenced_message, names.version], () => this.#text());
    this.#part("embeds", [message.embeds, names.version], () => fill(this.embeds, message.embeds.map((each) => embed(each, names))));
    this.#part("files", [message.attachments, message.embeds, message.flags], () => this.#files());
    reconcile(this.components, message.components, this.#componentContext());
    this.#part("tail", [message.edited_timestamp !== null, message.thread, message.flags, message.reactions, this.failure], () => this.#tail());
    this.#part("tools", [message.author.id, message.flags, message.type], () => this.#tools());
  }

  /** Say below the message that something done with it failed. */
  fail(words) {
    this.failure = words;
    this.update(this.message);
  }

  #part(name, depends, draw) {
    const key = JSON.stringify(depends);
    if (this.shown[name] === key) return;
    this.shown[name] = key;
    draw();
  }

  #classes(grouped) {
    const { message, element } = this;
    element.classList.toggle("grouped", grouped);
    element.classList.toggle("mentions-me", message.mentions_me);
    element.classList.toggle("ephemeral", isEphemeral(message));
    element.classList.toggle("system", SYSTEM.includes(message.type));
  }

  #componentContext() {
    const { context } = this;
    return {
      ...context,
      use: async (component, values) => {
        if (this.failure) this.fail(null);
        const failure = await context.actions.use(this.message, component, values);
        if (failure) this.fail(failure);
      },
    };
  }

  #above() {
    const { message, context } = this;
    const parts = [];
    if (message.interaction) parts.push(this.#used(message.interaction));
    else if (message.type !== TYPE.THREAD_STARTER && "referenced_message" in message) {
      parts.push(this.#replied(message.referenced_message, context));
    }
    fill(this.above, parts);
  }

  #used({ user, name, type }) {
    const { state, actions } = this.context;
    const menu = type === 2 && this.message.interaction_metadata?.target_message_id;
    const shown = menu ? name : `/${name}`;
    return el(
      "p",
      { class: "reply" },
      this.#author(user.id, user),
      " used ",
      menu ? el("b", {}, shown) : el("button", { type: "button", class: "mention", on: { click: () => actions.command(name) } }, shown),
      state.me === user.id ? el("span", { class: "hidden" }, " (you)") : null,
    );
  }

  #replied(target, { state, actions, names }) {
    if (!target) return el("p", { class: "reply" }, el("i", {}, "Original message was deleted"));
    const name = state.nameOf(target.author.id, target.author);
    const words = snippet(target);
    return el(
      "p",
      { class: "reply" },
      avatar(name, "tiny"),
      el("span", { class: "hidden" }, "replies to "),
      tint(el("b", {}, name), state.colourOf(target.author.id)),
      el("button", { type: "button", class: "snippet", on: { click: () => actions.jump(target.id) } }, line(words, names, true)),
    );
  }

  #author(id, user) {
    const { context } = this;
    const name = context.state.nameOf(id, user);
    const button = el("button", { type: "button", class: "author", dir: "auto" }, name);
    const open = (event) => {
      event.preventDefault();
      event.stopPropagation();
      memberMenu(button, id, context, event.type === "contextmenu" ? event : null);
    };
    button.addEventListener("click", open);
    button.addEventListener("contextmenu", open);
    return tint(button, context.state.colourOf(id));
  }

  #head() {
    const { message, context } = this;
    const { author } = message;
    const seconds = writtenAt(message);
    const time = el("time", { datetime: message.timestamp, title: fullMoment(seconds) }, stamp(seconds, Date.now()));
    const id = `author-${message.id}`;
    this.article.setAttribute("aria-labelledby", id);
    const tag = author.bot ? el("span", { class: "app" }, "APP") : null;
    const name = el("span", { id }, this.#author(author.id, author), tag, " ", time);
    fill(this.head, name);
    fill(this.face, avatar(context.state.nameOf(author.id, author)));
  }

  #text() {
    const { message, content, context } = this;
    const { names } = context;
    if (isLoading(message)) {
      const who = context.state.nameOf(message.author.id, message.author);
      content.classList.add("loading");
      fill(content, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), ` ${who} is thinking…`);
      return;
    }
    if (content.classList.contains("loading")) fill(content);
    content.classList.remove("loading");
    if (message.type === TYPE.THREAD_CREATED) fill(content, this.#threadCreated());
    else if (message.type === TYPE.NAME_CHANGED) fill(content, this.#nameChanged());
    else if (message.type === TYPE.THREAD_STARTER) this.#starter(message.referenced_message);
    else if (message.content || content.childNodes.length) paint(content, message.content, names);
  }

  #threadCreated() {
    const { message, context } = this;
    const who = context.state.nameOf(message.author.id, message.author);
    const open = () => message.thread && context.actions.open(message.thread.id);
    return [icon("thread"), ` ${who} started a thread: `, el("button", { type: "button", class: "mention", on: { click: open } }, message.content)];
  }

  #nameChanged() {
    const { message, context } = this;
    const who = context.state.nameOf(message.author.id, message.author);
    return [icon("edit"), ` ${who} changed the thread's name: `, el("b", {}, message.content)];
  }

  #starter(target) {
    if (!target) {
      fill(this.content, el("i", {}, "The message that this thread began with was deleted."));
      return;
    }
    const parts = el("div", { class: "parts" });
    reconcile(parts, withoutUse(target.components ?? []), this.#componentContext());
    const words = el("div", { class: "marks" });
    paint(words, target.content, this.context.names);
    fill(this.content, words, parts);
  }

  #files() {
    const { message } = this;
    // With Components V2 a file shows only where a component shows it, and with embeds nowhere twice.
    const inEmbeds = JSON.stringify(message.embeds);
    const shown = message.flags & FLAG.V2 ? [] : message.attachments.filter((each) => !inEmbeds.includes(JSON.stringify(each.url)));
    fill(this.files, shown.map(attachment));
  }

  #tail() {
    const { message, context, failure } = this;
    const edited = message.edited_timestamp && !isLoading(message) && !SYSTEM.includes(message.type);
    const dismiss = () => context.actions.dismiss(message.id);
    fill(
      this.tail,
      edited ? el("span", { class: "edited", title: fullMoment(Date.parse(message.edited_timestamp) / 1000) }, "(edited)") : null,
      message.thread && message.type !== TYPE.THREAD_CREATED ? this.#threadCard(message.thread) : null,
      message.reactions?.length ? el("div", { class: "row" }, message.reactions.map(({ emoji, count }) => el("span", { class: "reaction" }, emoji.name, " ", count))) : null,
      failure ? el("p", { class: "failure", role: "alert" }, failure) : null,
      isEphemeral(message)
        ? el("p", { class: "only-you" }, icon("eye"), " Only you can see this • ", el("button", { type: "button", class: "link", on: { click: dismiss } }, "Dismiss message"))
        : null,
    );
  }

  #threadCard(thread) {
    const open = () => this.context.actions.open(thread.id);
    return el(
      "button",
      { type: "button", class: "thread-card", on: { click: open } },
      icon("thread"),
      el("b", { dir: "auto" }, thread.name),
      el("span", { class: "link" }, "See thread ›"),
    );
  }

  #tools() {
    const { message, context } = this;
    if (isLoading(message)) {
      fill(this.tools);
      return;
    }
    const own = message.author.id === context.state.me;
    const tool = (label, sign, work) =>
      el("button", { type: "button", class: "quiet", title: label, "aria-label": label, on: { click: work } }, icon(sign));
    const more = tool("More", "more", () => this.#menu(null));
    more.setAttribute("aria-haspopup", "menu");
    fill(
      this.tools,
      isEphemeral(message) ? null : tool("Reply", "reply", () => context.actions.reply(message)),
      own ? tool("Edit", "edit", () => context.actions.edit(message)) : null,
      more,
    );
  }

  #menu(event) {
    if (isLoading(this.message)) return;
    if (event?.target.closest("a, img, input, textarea")) return;
    event?.preventDefault();
    const anchor = event ? this.article : this.tools.lastElementChild;
    messageMenu(anchor, this.message, this.context, event);
  }
}

/** Return a message's words: its content, its texts, its embeds. */
export function wordsOf(message) {
  const texts = [];
  const walk = (parts) => {
    for (const part of parts ?? []) {
      if (part.type === 10) texts.push(part.content);
      walk(part.components);
    }
  };
  walk(message.components);
  const embeds = (message.embeds ?? []).flatMap(({ title, description }) => [title, description]);
  return [message.content, ...texts, ...embeds].filter(Boolean).join("\n");
}

function snippet(message) {
  const lines = wordsOf(message).split("\n").map((each) => each.replace(/^\s*(?:#{1,3} |-# |>+ |[-*+] |```\S*)/, "").trim());
  const words = lines.find((each) => each);
  if (words) return [...words].slice(0, 140).join("");
  return message.attachments?.length ? "Click to see attachment" : "Click to see message";
}

function withoutUse(components) {
  return components.filter((each) => each.type !== 1);
}
