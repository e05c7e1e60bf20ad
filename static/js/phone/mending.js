// A refused entry, mended where it lies: what its form asked, with what was answered and what is wrong. Sent again it keeps its
// place in the order, its moment and its photos.
import { freshId } from "../shared/fresh_id.js";
import { replace } from "./entries.js";
import { piece, words } from "./page.js";
import { answersIn, questionsOf } from "./questions.js";
import { kick } from "./triggers.js";

// The form; `close` is called when the person is done with it.
export async function mendingForm(entry, close) {
  const form = piece("mending");
  form.prepend(...(await questionsFor(entry)).map((question) => drawn(question, entry)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    await replace(entry, mended(entry, form), freshId());
    close();
    kick();
  });
  form.querySelector("[data-close]").addEventListener("click", close);
  return form;
}

// What was asked; where the server asks for more by now, what the present form asks.
async function questionsFor(entry) {
  const { questions = [], fields } = entry;
  const asked = questions.length ? questions : fields.map(([name]) => plain(name)); // sent without script: nobody knows the labels
  const missing = missingIn(asked, entry);
  if (!missing.length) return asked;
  const present = await presentQuestions(entry).catch(() => []); // no network: their names have to do
  const added = missing.map((name) => present.find((question) => question.name === name) ?? plain(name));
  return [...asked, ...added];
}

const plain = (name) => ({ name, label: words("asked"), kind: "line", type: "text", options: [] });

function missingIn(asked, { answer }) {
  const known = new Set(asked.map(({ name }) => name));
  return Object.keys(answer?.fields ?? {}).filter((name) => !known.has(name) && !name.startsWith("photos"));
}

async function presentQuestions({ chain, action, url }) {
  const response = await fetch(chain.startsWith("job:") ? url.replace(/\/[a-z]+$/, "") : url, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const parts = [page, ...[...page.querySelectorAll("template")].map(({ content }) => content)];
  return parts.flatMap((part) => [...part.querySelectorAll(`form[data-entry="${action}"]`)]).flatMap(questionsOf);
}

function drawn(question, entry) {
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

function mended({ fields }, form) {
  const asked = new Set([...form.elements].map(({ name }) => name));
  return [...fields.filter(([name]) => !asked.has(name)), ...answersIn(form)];
}
