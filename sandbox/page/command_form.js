/** A command that is being filled in: its options as fields, the optional ones on request. */
import { act } from "./connection.js";
import { Combo, fitting } from "./combo.js";
import { el, fill, icon } from "./dom.js";
import { LARGEST, sizeOf } from "./files.js";
import { members, places, roles } from "./selects.js";

const KIND = { STRING: 3, INTEGER: 4, BOOLEAN: 5, USER: 6, CHANNEL: 7, ROLE: 8, MENTIONABLE: 9, NUMBER: 10, ATTACHMENT: 11 };

/** Shows a command's options; `send(options, files)` is called once they can be sent. */
export class CommandForm {
  constructor(command, context, { send, leave, values = {} }) {
    this.command = command;
    this.context = context;
    this.send = send;
    this.leave = leave;
    this.fields = new Map();
    this.row = el("div", { class: "command-fields" });
    this.extra = el("div", { class: "command-extra" });
    this.problem = el("p", { class: "failure", role: "alert", hidden: true });
    this.element = el(
      "form",
      { class: "command-form", "aria-label": `/${command.path}`, novalidate: true },
      el(
        "div",
        { class: "command-head" },
        el("b", { class: "command-name" }, `/${command.path}`),
        el("span", { class: "hint" }, command.description),
        el("button", { type: "button", class: "quiet", "aria-label": `Leave /${command.path}`, on: { click: () => leave() } }, icon("close")),
      ),
      this.row,
      this.extra,
      this.problem,
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    const needsNone = command.options.every((each) => !each.required);
    command.options.forEach((option, index) => {
      // Of a command that needs nothing the first option stands ready to be typed into.
      const ready = option.required || (needsNone && index === 0 && option.type !== KIND.ATTACHMENT);
      // The Enter that sends the command as it is must not choose anything there.
      if (ready || option.name in values) this.#add(option, values[option.name], !option.required);
    });
    this.#offerMore();
  }

  /** Put the focus into the first field that is still empty. */
  focus() {
    const fields = [...this.fields.values()];
    (fields.find((each) => each.isEmpty()) ?? fields[0] ?? { focus: () => this.sender?.focus() }).focus();
  }

  /** Check what is entered and send it, or say what is missing. */
  async submit() {
    const options = {};
    const files = [];
    for (const [name, field] of this.fields) {
      const fault = field.fault();
      if (fault) {
        this.complain(fault, field);
        return;
      }
      const value = field.read(files);
      if (value !== null && value !== "") options[name] = value;
    }
    this.problem.hidden = true;
    await this.send(options, files);
  }

  /** Show why it can't be sent. */
  complain(words, field = null) {
    this.problem.textContent = words;
    this.problem.hidden = false;
    for (const each of this.fields.values()) each.element.classList.toggle("wrong", each === field);
    field?.focus();
  }

  /** Return what is entered as one line, which reads back into this form; empty where nothing is. */
  #line() {
    const words = [...this.fields].filter(([, field]) => field.text()).map(([name, field]) => `${name}:${field.text()}`);
    return words.length ? [`/${this.command.path}`, ...words].join(" ") : "";
  }

  #offerMore() {
    const left = this.command.options.filter((each) => !this.fields.has(each.name));
    fill(
      this.extra,
      left.map((option) =>
        el(
          "button",
          { type: "button", class: "more-option", title: option.description, on: { click: () => this.#addAndFocus(option) } },
          icon("plus"),
          option.name,
        ),
      ),
    );
  }

  #addAndFocus(option, value = null) {
    this.#add(option, value);
    this.#offerMore();
    const field = this.fields.get(option.name);
    field.focus();
    if (option.type === KIND.ATTACHMENT) field.pick();
  }

  #add(option, value = null, waits = false) {
    const field = this.#field(option, waits);
    this.fields.set(option.name, field);
    const remove = option.required
      ? null
      : el("button", { type: "button", class: "quiet", "aria-label": `Leave out ${option.name}`, on: { click: () => this.#drop(option.name) } }, icon("close"));
    field.element = el(
      "div",
      { class: "command-field", title: option.description },
      el("span", { class: "command-label", "aria-hidden": "true" }, option.name),
      field.control,
      remove,
    );
    this.row.append(field.element);
    if (value) field.set(value);
  }

  #drop(name) {
    this.fields.get(name)?.element.remove();
    this.fields.delete(name);
    this.#offerMore();
    this.focus();
  }

  #field(option, waits) {
    if (option.type === KIND.ATTACHMENT) return fileField(option);
    const find = this.#finder(option);
    if (find) return this.#comboField(option, find, waits);
    return this.#textField(option);
  }

  #finder(option) {
    const { state } = this.context;
    const from = (offered) => (query) => fitting(offered(), query);
    if (option.choices?.length) return from(() => option.choices.map(({ name, value }) => ({ label: name, value, also: String(value) })));
    if (option.autocomplete) return (query) => this.#complete(option, query);
    switch (option.type) {
      case KIND.BOOLEAN:
        return from(() => [{ label: "True", value: true, also: "yes" }, { label: "False", value: false, also: "no" }]);
      case KIND.USER:
        return from(() => members(state));
      case KIND.ROLE:
        return from(() => roles(state));
      case KIND.MENTIONABLE:
        return from(() => [...members(state), ...roles(state)]);
      case KIND.CHANNEL:
        return from(() => places(state, option.channel_types));
      default:
        return null;
    }
  }

  async #complete(option, query) {
    const options = { [option.name]: option.type === KIND.STRING ? query : Number(query) || 0 };
    for (const [name, field] of this.fields) {
      if (name === option.name || field.fault()) continue;
      const value = field.read([]);
      if (value !== null && value !== "" && typeof value !== "object") options[name] = value;
    }
    const { state } = this.context;
    const payload = { as: state.me, channel: state.place, path: this.command.path, options, focused: option.name };
    const answer = await act("autocomplete", payload).catch((refused) => ({ failed: refused.message }));
    if (answer.failed) {
      this.complain(answer.failed);
      return [];
    }
    return answer.choices.map(({ name, value }) => ({ label: name, value, also: String(value) }));
  }

  #comboField(option, find, waits) {
    const free = Boolean(option.autocomplete);
    const combo = new Combo({ label: option.name, placeholder: option.description, find, free, waits });
    combo.input.addEventListener("input", () => this.#jump(option, combo.input));
    return {
      control: combo.element,
      focus: () => combo.input.focus(),
      isEmpty: () => combo.input.value.trim() === "",
      text: () => combo.input.value.trim(),
      set: (text) => combo.set(text),
      read: () => combo.entered,
      fault: () => {
        if (combo.isAstray) return `${option.name} can't be “${combo.input.value.trim()}”: choose one of the list.`;
        return option.required && combo.entered === null ? `${option.name} has to be filled in.` : null;
      },
    };
  }

  #textField(option) {
    const numeric = option.type === KIND.INTEGER || option.type === KIND.NUMBER;
    const input = el(numeric ? "input" : "textarea", {
      "aria-label": option.name,
      placeholder: option.description,
      rows: numeric ? null : 1,
      inputmode: numeric ? "decimal" : null,
      "aria-required": option.required ? "true" : null,
      autocomplete: "off",
    });
    input.addEventListener("input", () => this.#jump(option, input));
    return {
      control: input,
      focus: () => input.focus(),
      isEmpty: () => input.value.trim() === "",
      text: () => input.value.trim(),
      set: (text) => {
        input.value = text;
      },
      read: () => (numeric && input.value.trim() ? Number(input.value) : input.value.trim() ? input.value : null),
      fault: () => faultOf(option, input.value, numeric),
    };
  }

  /** Typing "amount:" goes to that option, as whoever knows a command by heart expects. */
  #jump(option, input) {
    const own = new RegExp(`^\\s*${option.name}:`).exec(input.value);
    if (own) {
      input.value = input.value.slice(own[0].length);
      input.dispatchEvent(new Event("input"));
      return;
    }
    const end = /(?:^|\s)([\w-]+):$/.exec(input.value);
    const wanted = end && this.command.options.find((each) => each.name === end[1] && each.type !== KIND.ATTACHMENT);
    if (!wanted || (this.fields.has(wanted.name) && !this.fields.get(wanted.name).isEmpty())) return;
    input.value = input.value.slice(0, end.index);
    if (this.fields.has(wanted.name)) this.fields.get(wanted.name).focus();
    else this.#addAndFocus(wanted);
  }

  /** Do what a key means for the form; the box below it passes its keys on. */
  key(event) {
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("input, textarea")) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.leave(this.#line());
    } else if (event.key === "Backspace" && event.target.value === "") {
      const name = [...this.fields].find(([, field]) => field.control.contains(event.target))?.[0];
      const option = this.command.options.find((each) => each.name === name);
      event.preventDefault();
      if (option && !option.required) this.#drop(name);
      else if ([...this.fields.values()].every((field) => field.isEmpty())) this.leave(`/${this.command.path}`);
    }
  }
}

function faultOf(option, text, numeric) {
  const value = text.trim();
  if (!value) return option.required ? `${option.name} has to be filled in.` : null;
  if (!numeric) return boundsFault(option, [...text].length, option.min_length, option.max_length, " characters");
  const number = Number(value);
  if (Number.isNaN(number)) return `${option.name} is a number.`;
  if (option.type === KIND.INTEGER && !Number.isInteger(number)) return `${option.name} is a whole number.`;
  return boundsFault(option, number, option.min_value, option.max_value, "");
}

function boundsFault({ name }, value, least = -Infinity, most = Infinity, unit) {
  if (value >= least && value <= most) return null;
  const range = least === -Infinity ? `at most ${most}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  return `${name} takes ${range}${unit}, not ${value}.`;
}

function fileField(option) {
  const input = el("input", { type: "file", "aria-label": option.name, class: "file-input" });
  const size = el("span", { class: "size" });
  input.addEventListener("change", () => {
    size.textContent = input.files[0] ? sizeOf(input.files[0].size) : "";
  });
  return {
    control: el("span", { class: "file-field" }, input, size),
    focus: () => input.focus(),
    pick: () => input.click(),
    isEmpty: () => !input.files.length,
    text: () => "",
    set: () => {},
    read: (files) => (input.files.length ? files.push(input.files[0]) - 1 : null),
    fault: () => {
      if (!input.files.length) return option.required ? `${option.name} takes a file.` : null;
      return input.files[0].size > LARGEST ? `${option.name} is larger than the 10 MiB that Discord takes.` : null;
    },
  };
}
