/** Where one writes: messages with files, replies and edits, names, and slash commands. */
import { toast } from "./announcer.js";
import { Attaching } from "./attaching.js";
import { CommandForm } from "./command_form.js";
import { act } from "./connection.js";
import { cleaned, el, fill, icon } from "./dom.js";
import { marked, unmarked } from "./mentions.js";
import { Proposer } from "./proposer.js";
import { paths } from "./slash.js";

const TYPING_EVERY = 8000;
const EMPTY = { text: "", files: [], about: null, form: null };

/**
 * The box below the messages. What is in it, a draft, is text, files, the message that it replies
 * to or changes, and the form of a command; each person has one in each place.
 */
export class Composer {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.state = context.state;
    this.drafts = new Map();
    this.key = null;
    this.form = null;
    this.about = null;
    this.typedAt = 0;
    this.attaching = new Attaching(() => this.state.may.attach);
    this.text = el("textarea", {
      id: "composer-text",
      rows: 1,
      "aria-autocomplete": "list",
      "aria-controls": "composer-proposals",
      "aria-haspopup": "listbox",
    });
    this.proposer = new Proposer("composer-proposals", this.text, this.state, {
      begin: (command, values, whole) => this.#begin(command, values, whole),
      write: (text) => this.#write(text),
    });
    this.bar = el("div", { class: "about", hidden: true });
    this.problem = el("p", { class: "failure", role: "alert", hidden: true });
    this.sender = el("button", { type: "submit", class: "quiet send", "aria-label": "Send", title: "Send" }, icon("send"));
    this.line = el("form", { class: "line" }, this.attaching.button, this.attaching.input, this.text, this.sender);
    this.place = el("div", { class: "command-place" });
    this.typing = el("p", { class: "typing", "aria-live": "off" });
    fill(root, this.proposer.list.element, this.bar, this.attaching.tray, this.place, this.line, this.problem, this.typing);
    this.#listen();
  }

  #listen() {
    this.line.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.form) this.form.submit();
      else this.#send();
    });
    this.root.addEventListener("keydown", (event) => this.form?.key(event));
    this.text.addEventListener("input", () => this.#typed());
    this.text.addEventListener("keydown", (event) => this.#pressed(event));
    this.text.addEventListener("blur", () => this.proposer.close());
    this.attaching.listen(document.querySelector("main"), this.text);
    this.state.addEventListener("channel", () => this.#open());
    this.state.addEventListener("doors", () => this.#allow());
    this.state.addEventListener("typing", ({ detail }) => this.#sees(detail));
  }

  /** Put the focus where one writes. */
  focus() {
    if (this.form) this.form.focus();
    else this.text.focus();
  }

  /** Reply to a message with the next one. */
  reply(message) {
    this.#leaveForm();
    this.#speakOf({ reply: message });
  }

  /** Change a message of one's own; what was being written comes back after it. */
  edit(message) {
    this.#leaveForm();
    const before = this.about?.edit ? this.about.before : this.text.value;
    this.#speakOf({ edit: message, before });
    this.#write(unmarked(message.content, this.state));
  }

  /** Add a name to what is being written. */
  mention(id) {
    this.#leaveForm();
    const before = this.text.value;
    this.write(`${before}${before && !before.endsWith(" ") ? " " : ""}@${this.state.nameOf(id)} `);
  }

  /** Begin a command, with values where some are known: "/ask", {prompt: "…"}. */
  command(path, values = {}) {
    const found = paths(this.state.commands).find((each) => each.path === path);
    if (found) this.#begin(found, values);
    else this.write(`/${path}`);
  }

  /** Write a text into the box, in place of what stands there. */
  write(text) {
    this.#leaveForm();
    this.#write(text);
    this.text.focus();
  }

  #write(text) {
    this.text.value = text;
    this.#grow();
  }

  // Drafts

  #open() {
    const key = `${this.state.me} ${this.state.place}`;
    if (key !== this.key) {
      if (this.key) this.drafts.set(this.key, this.#take());
      this.key = key;
      this.#put(this.drafts.get(key) ?? EMPTY);
      this.typing.textContent = "";
    }
    this.#allow();
  }

  /** Return what is in the box, and empty it. */
  #take() {
    const draft = { text: this.text.value, files: this.attaching.files, about: this.about, form: this.form };
    this.#put(EMPTY);
    return draft;
  }

  #put({ text, files, about, form }) {
    this.proposer.close();
    this.problem.hidden = true;
    this.attaching.put(files);
    this.about = null;
    this.#speakOf(about, { focus: false });
    this.#show(form);
    this.#write(text);
  }

  /** Give back what could not be sent, with the reason; elsewhere by now, it waits where it was. */
  #giveBack(key, draft, words) {
    if (key !== this.key) {
      if (isEmpty(this.drafts.get(key))) this.drafts.set(key, draft);
      toast(words);
      return;
    }
    const now = this.#take();
    if (draft.about?.edit) this.#put({ ...draft, about: { ...draft.about, before: now.text } });
    else if (now.form || (draft.form && !isEmpty(now))) this.#put(now);
    else this.#put({ ...draft, text: [draft.text, now.text].filter(Boolean).join("\n"), files: [...draft.files, ...now.files] });
    if (this.form === draft.form) this.#complain(words);
    else toast(words);
    this.focus();
  }

  #allow() {
    const { may } = this.state;
    const words = `Message ${this.context.names.place(this.state.place)}`;
    this.text.placeholder = may.send ? words : "You may not write here.";
    this.text.setAttribute("aria-label", words);
    // Commands can be used where one may not write.
    this.text.disabled = !may.send && !this.state.commands.length;
    this.attaching.button.disabled = !may.attach || !may.send;
    this.sender.disabled = this.text.disabled;
  }

  #speakOf(about, { focus = true } = {}) {
    // An edit that is left gives back what was being written before it.
    if (this.about?.edit && !about?.edit) this.#write(this.about.before);
    this.about = about;
    this.bar.hidden = !about;
    if (!about) return;
    const { author } = about.reply ?? about.edit;
    const words = about.edit ? "Editing your message" : ["Replying to ", el("b", {}, this.state.nameOf(author.id, author))];
    const stop = () => {
      this.#speakOf(null);
      this.text.focus();
    };
    fill(this.bar, el("span", {}, words), el("button", { type: "button", class: "quiet", "aria-label": "Cancel", on: { click: stop } }, icon("close")));
    if (focus) this.text.focus();
  }

  // Typing

  #typed() {
    this.#grow();
    this.problem.hidden = true;
    this.proposer.look();
    const writes = this.text.value && !this.text.value.startsWith("/");
    if (writes && Date.now() - this.typedAt > TYPING_EVERY) {
      this.typedAt = Date.now();
      act("typing", { as: this.state.me, channel: this.state.place }).catch(() => {});
    }
  }

  #pressed(event) {
    if (event.isComposing || this.proposer.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.about) {
      this.bar.querySelector("button").click();
    } else if (event.key === "ArrowUp" && !this.text.value && !this.about) {
      const mine = this.state.timeline.filter((each) => each.author.id === this.state.me && each.content).at(-1);
      if (!mine) return;
      event.preventDefault();
      this.edit(mine);
    }
  }

  #grow() {
    const { text } = this;
    text.style.setProperty("height", "auto");
    text.style.setProperty("height", `${Math.min(text.scrollHeight, innerHeight * 0.4)}px`);
  }

  // Commands

  /** Go on with a command; one that is typed in full and takes nothing is sent at once. */
  #begin(command, values = {}, whole = false) {
    this.proposer.close();
    this.#speakOf(null);
    this.#write("");
    const form = new CommandForm(command, this.context, {
      values,
      leave: (text = "") => this.write(text),
      send: (options, files) => this.#use(command, options, files),
    });
    form.sender = this.sender;
    this.#show(form);
    form.focus();
    if (whole && !command.options.length) form.submit();
  }

  async #use(command, options, files) {
    const { key } = this;
    const draft = this.#take();
    this.text.focus();
    const refusal = await this.context.actions.slash(command.path, options, files);
    if (refusal) this.#giveBack(key, draft, refusal);
  }

  #show(form) {
    this.form = form;
    fill(this.place, form?.element);
    this.line.classList.toggle("for-command", Boolean(form));
    this.#grow();
  }

  #leaveForm() {
    if (this.form) this.#show(null);
  }

  // Sending

  async #send() {
    const text = this.text.value.trim();
    if (!text && !this.attaching.files.length) return;
    const { key, state } = this;
    if (!this.about && /^\/[\p{L}\p{N}_-]+(?:\s|$)/u.test(text)) {
      this.#complain(`There is no command ${text.split(/\s/)[0]} here. A list of them opens at “/”.`);
      return;
    }
    const payload = { as: state.me, channel: state.place, text: marked(text, state) };
    const draft = this.#take();
    const { about, files } = draft;
    this.typedAt = 0;
    this.context.actions.toNewest();
    try {
      if (about?.edit) {
        this.#write(about.before);
        await act("edit", { ...payload, message: about.edit.id });
      } else await act("say", { ...payload, reply_to: about?.reply?.id }, files);
    } catch (refused) {
      this.#giveBack(key, draft, refused.message);
    }
  }

  #complain(words) {
    if (this.form) {
      this.form.complain(words);
      return;
    }
    this.problem.textContent = words;
    this.problem.hidden = false;
  }

  #sees({ channel, user }) {
    if (channel !== this.state.place) return;
    this.typing.textContent = cleaned(`${this.state.nameOf(user)} is typing…`);
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => {
      this.typing.textContent = "";
    }, TYPING_EVERY + 2000);
  }
}

function isEmpty(draft) {
  return !draft || (!draft.text && !draft.files.length && !draft.about && !draft.form);
}
