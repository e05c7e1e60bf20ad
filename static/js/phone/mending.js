// A refused entry, mended where it lies: what its form asked, with what was answered, its photos, and what is wrong. Sent again it
// keeps its place in the order and its moment.
import { freshId } from "../shared/fresh_id.js";
import { put, readyPhotos, take } from "./chosen.js";
import { photosOf as bytesOf, replace } from "./entries.js";
import { drawn } from "./mending_fields.js";
import { complain } from "./not_saved.js";
import { piece, words } from "./page.js";
import { manifestOf } from "./photos.js";
import { answersIn, questionsOf } from "./questions.js";
import { kick } from "./triggers.js";

// The form; `close` is called when the person is done with it.
export async function mendingForm(entry, close) {
  const form = piece("mending");
  form.prepend(...(await questionsFor(entry)).map((question) => drawn(question, entry)));
  put(form, await photosIn(entry));
  form.addEventListener("change", ({ target }) => target.type === "file" && take(target));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    try {
      const photos = await readyPhotos(form);
      const changes = { fields: mended(entry, form), photos: await manifestOf(photos) };
      await replace(entry, changes, photos.map(({ bytes }) => bytes), freshId());
      close();
      kick();
    } catch (error) {
      complain(form, error);
    } finally {
      delete form.dataset.busy;
    }
  });
  form.querySelector("[data-close]").addEventListener("click", close);
  return form;
}

// The photos that lie on this phone, as a form has them.
async function photosIn(entry) {
  const bytes = await bytesOf(entry);
  return entry.photos.map((photo, at) => ({ ...photo, bytes: bytes[at] })).filter((photo) => photo.bytes);
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

const plain = (name) => name.startsWith("photos") ? { name, label: words("photos"), kind: "photos" }
  : { name, label: words("asked"), kind: "line", type: "text", options: [] };

// What the server finds missing, and where photos lie that no question was kept for.
function missingIn(asked, { answer, photos }) {
  const known = new Set(asked.map(({ name }) => name));
  const named = new Set([...Object.keys(answer?.fields ?? {}), ...photos.map(({ field }) => field)]);
  return [...named].filter((name) => !known.has(name));
}

async function presentQuestions({ chain, action, url }) {
  const response = await fetch(chain.startsWith("job:") ? url.replace(/\/[a-z]+$/, "") : url, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const parts = [page, ...[...page.querySelectorAll("template")].map(({ content }) => content)];
  return parts.flatMap((part) => [...part.querySelectorAll(`form[data-entry="${action}"]`)]).flatMap(questionsOf);
}

function mended({ fields }, form) {
  const asked = new Set([...form.elements].map(({ name }) => name));
  return [...fields.filter(([name]) => !asked.has(name)), ...answersIn(form)];
}
