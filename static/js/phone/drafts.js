// What somebody is writing survives the page: camera apps make phones forget it. Words and photos are kept a moment after each
// change, under whose page and which form it is, until the form is sent.
import { put, photosOf, take } from "./chosen.js";
import { answer, reading, writing } from "./database.js";
import { owner } from "./page.js";
import { answersIn, isAsked } from "./questions.js";

const PAUSE = 400; // milliseconds between the last key and the keeping
const KEPT = 7 * 24 * 60 * 60 * 1000;
const FORMS = "form[data-entry]";
let timer;

export const draftKey = (form) => `${owner()?.id}:${new URL(form.action).pathname}`;

// What a form shows while it becomes an entry, and until it is emptied, is no draft: it would come back after it was sent.
const sent = new WeakSet();
export const beginSending = (form) => sent.add(form);
export const endSending = (form) => sent.delete(form);

export async function keep(form) {
  if (sent.has(form)) return;
  const draft = { fields: answersIn(form), photos: photosOf(form), at: Date.now() };
  const isEmpty = !draft.photos.length && draft.fields.every(([, value]) => !value);
  await writing("drafts", ({ drafts }) => answer(isEmpty ? drafts.delete(draftKey(form)) : drafts.put(draft, draftKey(form))));
}

export async function bringBack(form) {
  const draft = await reading("drafts", ({ drafts }) => answer(drafts.get(draftKey(form))));
  if (!draft || Date.now() - draft.at > KEPT) return;
  for (const element of [...form.elements].filter(isAsked)) writeInto(element, draft.fields);
  if (draft.photos.length) put(form, draft.photos);
  form.closest("details")?.setAttribute("open", "");
}

function writeInto(element, fields) {
  const said = fields.filter(([name]) => name === element.name).map(([, value]) => value);
  if (element.matches("[type=radio], [type=checkbox]")) element.checked = said.includes(element.value);
  else if (said.length && !element.value) element.value = said[0];
}

const formOf = (target) => target.form?.closest(FORMS) ?? target.closest?.(FORMS);

// A draft that cannot be kept (the storage is full) is no reason to stop writing; the tap itself says so in words.
const tryToKeep = (form) => keep(form).catch((error) => console.warn("The draft is not kept.", error));

export function watchDrafts() {
  document.addEventListener("input", ({ target }) => {
    const form = formOf(target);
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(() => tryToKeep(form), PAUSE);
  });
  document.addEventListener("change", async ({ target }) => {
    const form = formOf(target);
    if (!form) return;
    if (target.matches("input[type=file]")) await take(target);
    await tryToKeep(form);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) document.querySelectorAll(FORMS).forEach(tryToKeep);
  });
}
