/** Where one writes: messages with files, replies and edits, names, and slash commands. */
import { Attaching } from "./attaching.js";
import { CommandForm } from "./command_form.js";
import { act } from "./connection.js";
import { cleaned, el, fill, icon } from "./dom.js";
import { beingNamed, marked, proposals, unmarked } from "./mentions.js";
import { Proposals } from "./proposals.js";
import { matching, paths, read } from "./slash.js";

const TYPING_EVERY = 8000;
const MOST_COMMANDS = 12;

/** The box below the messages. */
export class Composer {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.state = context.state;
    this.drafts = new Map();
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
    this.proposals = new Proposals("composer-proposals", this.text);
    this.bar = el("div", { class: "about", hidden: true });
    this.problem = el("p", { class: "failure", role: "alert", hidden: true });
    this.sender = el("button", { type: "submit", class: "quiet send", "aria-label": "Send", title: "Send" }, icon("send"));
    this.line = el("form", { class: "line" }, this.attaching.button, this.attaching.input, this.text, this.sender);
    this.place = el("div", { class: "command-place" });
    this.typing = el("p", { class: "typing", "aria-live": "off" });
    fill(root, this.proposals.element, this.bar, this.attaching.tray, this.place, this.line, this.problem, this.typing);
    this.#listen();
  }

  #listen() {
    this.line.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.form) this.form.submit();
      else this.#send();
    });
    this.text.addEventListener("input", () => this.#typed());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("blur", () => this.proposals.close());
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

  /** Change a message of one's own. */
  edit(message) {
    this.#leaveForm();
    this.#speakOf({ edit: message });
    this.#write(unmarked(message.content, this.state));
  }

  /** Add a name to what is being written. */
  mention(id) {
    this.#leaveForm();
    const before = this.text.value;
    this.#write(`${before}${before && !before.endsWith(" ") ? " " : ""}@${this.state.nameOf(id)} `);
    this.text.focus();
  }

  /** Begin a command, with values where some are known: "/ask", {prompt: "…"}. */
  command(path, values = {}) {
    const found = paths(this.state.commands).find((each) => each.path === path);
    if (found) this.#fillIn(found, values);
    else this.#write(`/${path}`);
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

  #open() {
    this.#keepDraft();
    this.draftOf = this.state.place;
    this.#leaveForm();
    this.#speakOf(null);
    this.attaching.clear();
    this.#write(this.drafts.get(this.state.place) ?? "");
    this.proposals.close();
    this.typing.textContent = "";
    this.#allow();
  }

  #keepDraft() {
    const draft = this.form ? this.form.line : this.about?.edit ? "" : this.text.value;
    if (this.draftOf) this.drafts.set(this.draftOf, draft);
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

  #speakOf(about) {
    this.about = about;
    this.bar.hidden = !about;
    if (!about) return;
    const { author } = about.reply ?? about.edit;
    const words = about.edit ? "Editing your message" : ["Replying to ", el("b", {}, this.state.nameOf(author.id, author))];
    const stop = () => {
      if (about.edit) this.#write("");
      this.#speakOf(null);
      this.text.focus();
    };
    fill(this.bar, el("span", {}, words), el("button", { type: "button", class: "quiet", "aria-label": "Cancel", on: { click: stop } }, icon("close")));
    this.text.focus();
  }

  // Typing

  #typed() {
    this.#grow();
    this.problem.hidden = true;
    const { value } = this.text;
    if (value.startsWith("/")) {
      this.#command(value);
      return;
    }
    this.#propose();
    if (value && Date.now() - this.typedAt > TYPING_EVERY) {
      this.typedAt = Date.now();
      act("typing", { as: this.state.me, channel: this.state.place }).catch(() => {});
    }
  }

  #command(value) {
    const known = paths(this.state.commands);
    const whole = read(known, value);
    if (whole) {
      this.#fillIn(whole.found, whole.values);
      return;
    }
    const found = matching(known, value.slice(1)).slice(0, MOST_COMMANDS);
    const offered = found.map((each) => ({ label: `/${each.path}`, hint: each.description, take: () => this.#choose(each) }));
    this.proposals.offer(offered, "Commands");
  }

  /** Go on with a command; one that is typed in full and takes nothing is sent at once. */
  #choose(command) {
    const whole = this.text.value.trim() === `/${command.path}`;
    this.#fillIn(command);
    if (whole && !command.options.length) this.form.submit();
  }

  #propose() {
    const named = beingNamed(this.text.value, this.text.selectionStart);
    if (!named) {
      this.proposals.close();
      return;
    }
    const offered = proposals(named, this.state).map((each) => ({ ...each, take: () => this.#name(named, each) }));
    this.proposals.offer(offered, named.mark === "@" ? "Members and roles" : "Channels");
  }

  #name({ mark, from }, { label }) {
    const { value, selectionStart } = this.text;
    const name = `${mark}${label.replace(/^[@#]/, "")} `;
    this.#write(value.slice(0, from) + name + value.slice(selectionStart));
    this.text.setSelectionRange(from + name.length, from + name.length);
    this.proposals.close();
  }

  #key(event) {
    if (event.isComposing || this.proposals.key(event)) return;
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

  #fillIn(command, values = {}) {
    this.proposals.close();
    this.#write("");
    this.#speakOf(null);
    this.form = new CommandForm(command, this.context, {
      values,
      leave: (text = "") => {
        this.#leaveForm();
        this.write(text);
      },
      send: (options, files) => this.#use(command, options, files),
    });
    this.form.sender = this.sender;
    fill(this.place, this.form.element);
    this.line.classList.add("for-command");
    this.form.focus();
  }

  async #use(command, options, files) {
    const { form } = this;
    const failure = await this.context.actions.slash(command.path, options, files, () => {
      if (this.form === form) this.#leaveForm();
      this.text.focus();
    });
    if (failure && this.form === form) form.complain(failure);
  }

  #leaveForm() {
    this.form = null;
    fill(this.place);
    this.line.classList.remove("for-command");
  }

  // Sending

  async #send() {
    const text = this.text.value.trim();
    const { files } = this.attaching;
    if (!text && !files.length) return;
    const { about, state } = this;
    if (text.startsWith("/") && !about) {
      this.#complain(`There is no command ${text.split(/\s/)[0]} here. A list of them opens at “/”.`);
      return;
    }
    const payload = { as: state.me, channel: state.place, text: marked(text, state) };
    try {
      if (about?.edit) await act("edit", { ...payload, message: about.edit.id });
      else await act("say", { ...payload, reply_to: about?.reply?.id }, files);
    } catch (refused) {
      this.#complain(refused.message);
      return;
    }
    this.#write("");
    this.problem.hidden = true;
    this.#speakOf(null);
    this.attaching.clear();
    this.typedAt = 0;
    this.context.actions.toNewest();
  }

  #complain(words) {
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
