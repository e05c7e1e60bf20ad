// One entry as a card: what it is about and when, its words, its photos, how it stands and what can be done about it.
import { announce } from "../shared/announce.js";
import { discard, undo } from "./discarding.js";
import { isSettled, photosOf, wordsWait } from "./entries.js";
import { mendingForm } from "./mending.js";
import { moment, piece, words } from "./page.js";
import { picture } from "./photos.js";
import { kick } from "./triggers.js";

const TONES = { waiting: "warn", photos: "warn", done: "good", refused: "bad", attention: "bad", withdrawn: "" };

// What the card shows; it is drawn anew when this changes.
export const faceOf = ({ id, state, answer, last_error, photos }) =>
  JSON.stringify([id, state, answer?.sentence, last_error, photos.map((photo) => photo.state)]);

export async function entryCard(entry) {
  const card = piece("entry-card");
  const part = (name) => card.querySelector(`[data-part=${name}]`);
  card.dataset.state = entry.state;
  card.dataset.entryId = entry.id;
  part("label").textContent = entry.label || words(`label_${entry.action}`);
  part("place").textContent = entry.place;
  part("when").textContent = moment(entry.happened_at);
  part("state").textContent = stateWords(entry);
  part("state").dataset.tone = TONES[entry.state];
  part("reason").textContent = reasonOf(entry);
  part("words").replaceChildren(...wordsOf(entry).flatMap(fact));
  part("photos").replaceChildren(...(await thumbnails(entry)));
  if (entry.state === "refused") part("reason").setAttribute("role", "alert");
  offer(card, entry);
  return card;
}

function stateWords(entry) {
  const kept = entry.photos.filter(({ state }) => state !== "waiting").length;
  return words(`state_${entry.state}`, { kept, all: entry.photos.length });
}

function reasonOf(entry) {
  if (entry.answer?.sentence && entry.state !== "done") return entry.answer.sentence;
  if (entry.answer?.code) return entry.answer.sentence ?? "";
  if (entry.state === "attention") return words("reason_attention", { error: entry.last_error ?? "" });
  return wordsWait(entry) && entry.last_error ? words("reason_waiting") : "";
}

// [label, text] of everything that was answered.
function wordsOf({ fields, questions = [] }) {
  return questions.flatMap(({ name, label, options = [] }) => fields
    .filter(([field, value]) => field === name && value)
    .map(([, value]) => [label, options.find(([option]) => option === value)?.[1] ?? value]));
}

function fact([label, text]) {
  return [Object.assign(document.createElement("dt"), { textContent: label }), Object.assign(document.createElement("dd"), { textContent: text })];
}

async function thumbnails(entry) {
  const bytes = await photosOf(entry);
  return entry.photos.flatMap((photo, number) => {
    if (!bytes[number]) return [];
    const line = piece("entry-photo");
    line.prepend(picture({ ...photo, bytes: bytes[number] }));
    line.querySelector("span").textContent = words(`photo_${photo.state}`);
    return [line];
  });
}

function offer(card, entry) {
  const buttons = card.querySelector("[data-part=buttons]");
  const add = (name, action) => {
    const button = piece(`button-${name}`);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await action().finally(() => (button.disabled = false));
    });
    buttons.append(button);
  };
  if (entry.state === "refused") add("mend", () => mend(card, entry));
  if (entry.state === "withdrawn") add("undo", () => undo(entry).then(kick));
  else if (!isSettled(entry) && entry.state !== "photos") add("discard", () => throwAway(entry));
}

export async function mend(card, entry) {
  if (card.dataset.mending !== undefined) return;
  card.dataset.mending = "";
  const form = await mendingForm(entry, () => {
    delete card.dataset.mending;
    form.remove();
  });
  card.querySelector("[data-part=buttons]").before(form);
  (form.querySelector("[aria-invalid]") ?? form.querySelector("input, textarea, button"))?.focus();
}

async function throwAway(entry) {
  const outcome = await discard(entry);
  announce(words(`discard_${outcome}`), { stays: outcome !== "withdrawn" });
  if (outcome !== "withdrawn" || entry.state === "refused") kick(); // what waited behind it can go
}
