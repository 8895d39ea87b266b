/** Modals: the forms that a bot opens. */
import { act } from "./connection.js";
import { pressed } from "./components.js";
import { el, fill } from "./dom.js";
import { paint } from "./marks.js";
import { selectButton } from "./selects.js";

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
    if (opener?.isConnected) opener.focus();
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
    if (fault) {
      problem.textContent = fault;
      problem.hidden = false;
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
    problem.textContent = failure.message;
    problem.hidden = false;
  }
}

function part(component, context, fields) {
  if (component.type === KIND.TEXT) {
    const text = el("div", { class: "marks" });
    paint(text, component.content, context.names);
    return text;
  }
  if (component.type === KIND.ROW) return (component.components ?? []).map((each) => labelled(each, each.label, "", context, fields));
  if (component.type === KIND.LABEL) return labelled(component.component, component.label, component.description, context, fields);
  return null;
}

function labelled(input, label, description, context, fields) {
  const field = make(input, label, context);
  fields.push(field);
  const needed = input.required !== false && input.type !== KIND.CHECK;
  const head = el("span", { class: "field-label" }, label, needed ? el("span", { class: "needed", "aria-hidden": "true" }, " *") : null);
  const hint = description ? el("span", { class: "hint" }, description) : null;
  // A group of choices is no single field that a label could name.
  if (field.grouped) return el("fieldset", { class: "field" }, el("legend", {}, head), hint, field.control);
  return el("label", { class: "field" }, head, hint, field.control);
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
      return checkField(input, label);
    default:
      return selectField(input, label, context);
  }
}

function textField(input, label) {
  const long = input.style === PARAGRAPH;
  const control = el(long ? "textarea" : "input", {
    type: long ? null : "text",
    rows: long ? 5 : null,
    placeholder: input.placeholder,
    value: input.value ?? "",
    maxlength: input.max_length ?? 4000,
    "aria-required": input.required === false ? null : "true",
  });
  const least = input.min_length ?? 0;
  return {
    id: input.custom_id,
    control,
    focus: () => control.focus(),
    read: () => control.value,
    fault: () => {
      const text = control.value.trim();
      if (!text) return input.required === false ? null : `${label} has to be filled in.`;
      return control.value.length < least ? `${label} takes at least ${least} characters.` : null;
    },
  };
}

function uploadField(input, label) {
  const most = input.max_values ?? 1;
  const control = el("input", { type: "file", multiple: most > 1 });
  return {
    id: input.custom_id,
    control,
    focus: () => control.focus(),
    read: (files) => [...control.files].map((file) => files.push(file) - 1),
    fault: () => countFault(label, control.files.length, input.required === false ? 0 : (input.min_values ?? 1), most, "files"),
  };
}

function countFault(label, count, least, most, what) {
  if (count < least) return `${label} takes at least ${least} ${what}.`;
  return count > most ? `${label} takes at most ${most} ${what}.` : null;
}

function choicesField(input, label, type) {
  const name = `choice-${(serial += 1)}`;
  const options = input.options ?? [];
  const boxes = options.map((each) => el("input", { type, name, value: each.value, checked: Boolean(each.default) }));
  const control = el(
    "div",
    { class: "choices" },
    options.map((each, index) =>
      el("label", {}, boxes[index], el("span", {}, each.label, each.description ? el("span", { class: "hint" }, each.description) : null)),
    ),
  );
  const chosen = () => boxes.filter((each) => each.checked).map((each) => each.value);
  const least = input.required === false ? 0 : (input.min_values ?? 1);
  const most = type === "radio" ? 1 : (input.max_values ?? options.length);
  return {
    id: input.custom_id,
    grouped: true,
    control,
    focus: () => boxes[0]?.focus(),
    read: () => (type === "radio" ? (chosen()[0] ?? null) : chosen()),
    fault: () => countFault(label, chosen().length, least, most, "choices"),
  };
}

function checkField(input, label) {
  const control = el("input", { type: "checkbox", checked: Boolean(input.default), "aria-label": label });
  return { id: input.custom_id, control, focus: () => control.focus(), read: () => control.checked, fault: () => null };
}

function selectField(input, label, context) {
  let values = (input.options ?? []).filter((each) => each.default).map((each) => each.value);
  values.push(...(input.default_values ?? []).map((each) => each.id));
  const control = selectButton(input, context, (chosen) => {
    values = chosen;
  }, { label });
  const least = input.required === false ? 0 : (input.min_values ?? 1);
  return {
    id: input.custom_id,
    grouped: true,
    control,
    focus: () => control.focus(),
    read: () => values,
    fault: () => countFault(label, values.length, least, input.max_values ?? 1, "choices"),
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
