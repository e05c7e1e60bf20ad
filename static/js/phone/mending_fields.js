// The fields of a form that is drawn from what an entry was asked: see questions.js.
import { piece } from "./page.js";

export function drawn(question, entry) {
  const values = entry.fields.filter(([name]) => name === question.name).map(([, value]) => value);
  const isChoice = question.kind === "one" || question.kind === "many";
  const id = `mend-${entry.sequence}-${question.name}`;
  const field = isChoice ? choice(question, values) : line(question, values[0] ?? "", id);
  const errors = entry.answer?.fields?.[question.name];
  if (errors?.length) complain(field, errors.join(" "), id);
  return field;
}

function line({ name, label, kind, type }, value, id) {
  const field = piece(kind === "prose" ? "mending-prose" : "mending-line");
  const input = field.querySelector("input, textarea");
  Object.assign(field.querySelector("label"), { textContent: label, htmlFor: id });
  if (kind === "line") input.type = type || "text";
  if (kind === "photos") Object.assign(input, { type: "file", accept: "image/*,.heic,.heif", multiple: true });
  Object.assign(input, { id, name, value });
  return field;
}

function choice({ name, label, kind, options }, values) {
  const field = piece("mending-choice");
  field.querySelector("legend").textContent = label;
  field.querySelector(".chips").append(...options.map(([value, text]) => {
    const chip = piece("mending-chip");
    Object.assign(chip.querySelector("input"), { type: kind === "one" ? "radio" : "checkbox", name, value, checked: values.includes(value) });
    chip.querySelector("span").textContent = text;
    return chip;
  }));
  return field;
}

function complain(field, sentence, id) {
  const error = piece("mending-error");
  error.id = `${id}-error`;
  error.querySelector("span").textContent = sentence;
  field.append(error);
  for (const input of field.querySelectorAll("input, textarea")) {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", error.id);
  }
}
