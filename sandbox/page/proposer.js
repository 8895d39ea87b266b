/** What is proposed while one types: commands after a slash, names after @ and #. */
import { beingNamed, proposals } from "./mentions.js";
import { Proposals } from "./proposals.js";
import { matching, paths, read } from "./slash.js";

const MOST_COMMANDS = 12;

/** Watches a field; `begin(command, values, whole)` gets the command that one goes on with. */
export class Proposer {
  constructor(id, field, state, { begin, write }) {
    this.field = field;
    this.state = state;
    this.begin = begin;
    this.write = write;
    this.list = new Proposals(id, field);
  }

  /** Propose what fits the text as it is now. */
  look() {
    if (this.field.value.startsWith("/")) this.#commands(this.field.value);
    else this.#names();
  }

  /** Do what a key means for the list; tell whether it meant something. */
  key(event) {
    return this.list.key(event);
  }

  /** Propose nothing any more. */
  close() {
    this.list.close();
  }

  #commands(value) {
    const known = paths(this.state.commands);
    const whole = read(known, value);
    if (whole) {
      this.begin(whole.found, whole.values);
      return;
    }
    const found = matching(known, value.slice(1)).slice(0, MOST_COMMANDS);
    const offered = found.map((each) => ({ label: `/${each.path}`, hint: each.description, take: () => this.#choose(each) }));
    this.list.offer(offered, "Commands");
  }

  #choose(command) {
    this.begin(command, {}, this.field.value.trim() === `/${command.path}`);
  }

  #names() {
    const named = beingNamed(this.field.value, this.field.selectionStart);
    if (!named) {
      this.list.close();
      return;
    }
    const offered = proposals(named, this.state).map((each) => ({ ...each, take: () => this.#name(named, each) }));
    this.list.offer(offered, named.mark === "@" ? "Members and roles" : "Channels");
  }

  #name({ mark, from }, { label }) {
    const { value, selectionStart } = this.field;
    const name = `${mark}${label.replace(/^[@#]/, "")} `;
    this.write(value.slice(0, from) + name + value.slice(selectionStart));
    this.field.setSelectionRange(from + name.length, from + name.length);
    this.list.close();
  }
}
