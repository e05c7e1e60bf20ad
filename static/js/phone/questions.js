// What a form asks, and what was answered. The questions are kept with the entry, so that a refused one can be mended where it
// lies, without the page it was written on.
const SILENT = new Set(["hidden", "submit", "button", "reset", "file", "fieldset", "image"]);
const CHOICES = "[type=radio], [type=checkbox]";

export const isAsked = (element) => Boolean(element.name) && !SILENT.has(element.type);

// The visible answers as [[name, value]], as the browser would send them.
export function answersIn(form) {
  const asked = new Set([...form.elements].filter(isAsked).map(({ name }) => name));
  return [...new FormData(form)].filter(([name]) => asked.has(name));
}

const said = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";

const isPhotos = ({ type, name }) => type === "file" && Boolean(name);

// [{name, label, kind: "line" | "prose" | "one" | "many" | "photos", type, options: [[value, label]]}] in the order of the form.
export function questionsOf(form) {
  const questions = new Map();
  for (const element of [...form.elements].filter((element) => isAsked(element) || isPhotos(element))) {
    const question = questions.get(element.name) ?? questionOf(element);
    questions.set(element.name, question);
    if (element.matches(CHOICES)) question.options.push([element.value, said(element.labels[0])]);
  }
  return [...questions.values()];
}

function questionOf(element) {
  const { name, type } = element;
  if (element.matches(CHOICES)) {
    return { name, kind: type === "radio" ? "one" : "many", label: said(element.closest("fieldset")?.querySelector("legend")), options: [] };
  }
  const label = said(element.labels[0]);
  if (element.matches("select")) return { name, label, kind: "one", options: [...element.options].map((one) => [one.value, said(one)]) };
  if (isPhotos(element)) return { name, label, kind: "photos" };
  return { name, label, type, kind: element.matches("textarea") ? "prose" : "line", options: [] };
}
