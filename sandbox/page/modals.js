/** Modals: the forms that a bot opens. */
import { act } from "./connection.js";
import { pressed } from "./components.js";
import { el, fill } from "./dom.js";
import { LARGEST } from "./files.js";
import { paint } from "./marks.js";
import { boundsOf, selectBox } from "./selects.js";

const KIND = { ROW: 1, TEXT_INPUT: 4, TEXT: 10, LABEL: 18, UPLOAD: 19, RADIO: 21, CHECKS: 22, CHECK: 23 };
const PARAGRAPH = 2;

let serial = 0;

/** Open a modal; `finish(answer)` gets what came of its submission. */
export function openModal(modal, context, finish) {
  const id = `modal-${(serial += 1)}`;
  const fields = [];
  const problem = el("p", { class: "failure", role: "alert", hidden: true });
  const submit = el("button", { type: "submit", class: "button primary" }, "Submit");
  const cancel = el("button", { type: "button", class: "button secondary" }, "Cancel");
  const form = el(
    "form",
    { method: "dialog", novalidate: true },
    el("h2", { id, dir: "auto" }, modal.title),
    modal.components.map((each) => part(each, context, fields)),
    problem,
    el("div", { class: "modal-actions" }, cancel, submit),
  );
  const dialog = el("dialog", { class: "modal", "aria-labelledby": id }, form);
  const opener = document.activeElement;
  const close = () => {
    dialog.close();
    dialog.remove();
    (opener?.isConnected ? opener : document.getElementById("composer-text"))?.focus();
  };
  cancel.addEventListener("click", close);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pressed(submit, () => send(modal, context, fields, problem, close, finish));
  });
  document.body.append(dialog);
  dialog.showModal();
  fields[0]?.focus();
}

async function send(modal, { state }, fields, problem, close, finish) {
  const values = {};
  const files = [];
  problem.hidden = true;
  for (const field of fields) {
    const fault = field.fault();
    field.mark(Boolean(fault));
    if (fault) {
      field.element.append(problem);
      complain(problem, fault);
      field.focus();
      return;
    }
    const value = field.read(files);
    if (value !== null) values[field.id] = value;
  }
  try {
    const answer = await act("submit", { as: state.me, interaction: modal.interaction, values }, files);
    if (answer.failed) throw new Error("Something went wrong. Try again.");
    close();
    finish(answer);
  } catch (failure) {
    problem.closest("form")?.querySelector(".modal-actions").before(problem);
    complain(problem, failure.message);
  }
}

function complain(problem, words) {
  problem.textContent = words;
  problem.hidden = false;
  problem.scrollIntoView({ block: "nearest" });
}

function part(component, context, fields) {
  if (component.type === KIND.TEXT) {
    const text = el("div", { class: "marks field" });
    paint(text, component.content, context.names);
    return text;
  }
  if (component.type === KIND.ROW) return (component.components ?? []).map((each) => labelled(each, each.label, "", context, fields));
  if (component.type === KIND.LABEL) return labelled(component.component, component.label, component.description, context, fields);
  return null;
}

function labelled(input, label, description, context, fields) {
  const field = make(input, label, context);
  const id = `field-${(serial += 1)}`;
  fields.push(field);
  const needed = input.required !== false && input.type !== KIND.CHECK;
  const star = needed ? el("span", { class: "needed", "aria-hidden": "true" }, " *") : null;
  const hint = description ? el("span", { class: "hint", id: `${id}-hint` }, description) : null;
  if (hint) field.target.setAttribute("aria-describedby", hint.id);
  field.mark = (wrong) => (wrong ? field.target.setAttribute("aria-invalid", "true") : field.target.removeAttribute("aria-invalid"));
  if (field.grouped) {
    // A group of choices is no single field that a label could name.
    field.target = el("fieldset", { class: "field", "aria-describedby": hint?.id }, el("legend", { class: "field-label", dir: "auto" }, label, star), hint, field.control);
    field.element = field.target;
    return field.element;
  }
  field.target.id = id;
  const head = el("label", { class: "field-label", for: id, dir: "auto" }, label, star);
  const inside = input.type === KIND.CHECK ? [el("div", { class: "ticked" }, field.control, head), hint] : [head, hint, field.control];
  field.element = el("div", { class: "field" }, inside);
  return field.element;
}

function make(input, label, context) {
  switch (input.type) {
    case KIND.TEXT_INPUT:
      return textField(input, label);
    case KIND.UPLOAD:
      return uploadField(input, label);
    case KIND.RADIO:
      return choicesField(input, label, "radio");
    case KIND.CHECKS:
      return choicesField(input, label, "checkbox");
    case KIND.CHECK:
      return checkField(input);
    default:
      return selectField(input, label, context);
  }
}

function textField(input, label) {
  const long = input.style === PARAGRAPH;
  const least = input.min_length ?? 0;
  const most = input.max_length ?? 4000;
  const target = el(long ? "textarea" : "input", {
    type: long ? null : "text",
    rows: long ? 5 : null,
    placeholder: input.placeholder,
    value: input.value ?? "",
    autocomplete: "off",
    "aria-required": input.required === false ? null : "true",
  });
  // Not cut off at the most: what is pasted stays whole, to be shortened by whoever wrote it.
  const count = el("span", { class: "count", "aria-hidden": "true" });
  const tell = () => {
    count.textContent = input.max_length ? `${[...target.value].length} / ${most}` : "";
    count.classList.toggle("over", [...target.value].length > most);
  };
  target.addEventListener("input", tell);
  tell();
  return {
    id: input.custom_id,
    target,
    control: [target, count],
    focus: () => target.focus(),
    read: () => target.value,
    fault: () => {
      const length = [...target.value].length;
      if (!target.value.trim()) return input.required === false ? null : `${label} has to be filled in.`;
      if (length < least) return `${label} takes at least ${least} characters, not ${length}.`;
      return length > most ? `${label} takes at most ${most} characters, not ${length}.` : null;
    },
  };
}

function uploadField(input, label) {
  const bounds = boundsOf(input, true);
  const target = el("input", { type: "file", multiple: bounds.most > 1, class: "file-input" });
  return {
    id: input.custom_id,
    target,
    control: target,
    focus: () => target.focus(),
    read: (files) => [...target.files].map((file) => files.push(file) - 1),
    fault: () => {
      const large = [...target.files].find((each) => each.size > LARGEST);
      return large ? `${large.name} is larger than the 10 MiB that Discord takes.` : countFault(label, target.files.length, bounds, "file");
    },
  };
}

function countFault(label, count, { least, most }, noun) {
  if (count >= least && count <= most) return null;
  if (!count && most === 1) return noun === "file" ? `${label} takes a file.` : `${label} has to be chosen.`;
  const range = least === most ? most : least ? `${least} to ${most}` : `at most ${most}`;
  return `${label} takes ${range} ${noun}${most === 1 ? "" : "s"}, not ${count}.`;
}

function choicesField(input, label, type) {
  const name = `choice-${(serial += 1)}`;
  const options = input.options ?? [];
  const boxes = options.map((each) => el("input", { type, name, value: each.value, checked: Boolean(each.default) }));
  const words = (each) => el("span", { dir: "auto" }, each.label, each.description ? el("span", { class: "hint" }, each.description) : null);
  const control = el("div", { class: "choices" }, options.map((each, index) => el("label", {}, boxes[index], words(each))));
  const chosen = () => boxes.filter((each) => each.checked).map((each) => each.value);
  const bounds = { ...boundsOf(input, true), most: type === "radio" ? 1 : (input.max_values ?? options.length) };
  return {
    id: input.custom_id,
    grouped: true,
    target: control,
    control,
    focus: () => (boxes.find((each) => each.checked) ?? boxes[0])?.focus(),
    read: () => (type === "radio" ? (chosen()[0] ?? null) : chosen()),
    fault: () => countFault(label, chosen().length, bounds, "choice"),
  };
}

function checkField(input) {
  const target = el("input", { type: "checkbox", checked: Boolean(input.default) });
  return { id: input.custom_id, target, control: target, focus: () => target.focus(), read: () => target.checked, fault: () => null };
}

function selectField(input, label, context) {
  const { element, button, values } = selectBox(input, context, () => {}, { label });
  return {
    id: input.custom_id,
    target: button,
    control: element,
    focus: () => button.focus(),
    read: values,
    fault: () => countFault(label, values().length, boundsOf(input, true), "choice"),
  };
}

/** Ask for one line of text in a form of the page's own; `done` gets it. */
export function askForText({ title, label, value = "", most = 100, verb }, done) {
  const input = el("input", { type: "text", value, maxlength: most, "aria-required": "true" });
  const problem = el("p", { class: "failure", role: "alert", hidden: true });
  const form = el("form", { method: "dialog", novalidate: true });
  const dialog = el("dialog", { class: "modal", "aria-label": title }, form);
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  const cancel = el("button", { type: "button", class: "button secondary", on: { click: close } }, "Cancel");
  fill(
    form,
    el("h2", {}, title),
    el("label", { class: "field" }, el("span", { class: "field-label" }, label), input),
    problem,
    el("div", { class: "modal-actions" }, cancel, el("button", { type: "submit", class: "button primary" }, verb)),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failure = await done(input.value);
    if (!failure) return close();
    problem.textContent = failure;
    problem.hidden = false;
    return input.focus();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  input.select();
}
