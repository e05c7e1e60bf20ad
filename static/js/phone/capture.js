// A tap on a form that makes an entry writes it to the phone before any network, with or without a signal: one path.
// Its id and moment are those of the first tap; further taps while it is being written are the same tap.
import { freshId } from "../shared/fresh_id.js";
import { photosOf, put, readyPhotos } from "./chosen.js";
import { beginSending, draftKey, endSending } from "./drafts.js";
import { add } from "./entries.js";
import { complain, Refused } from "./not_saved.js";
import { owner, words } from "./page.js";
import { current } from "./person.js";
import { manifestOf } from "./photos.js";
import { questionsOf } from "./questions.js";
import { calm, tapped } from "./taps.js";

const OWN_OF_THE_PAGE = new Set(["csrf_token", "event_id", "happened_at", "sent_at", "seen", "photos_to_come"]);
const SCHEMA = 1;
const underWay = new WeakMap(); // form → the tap that is being written

// `saved(entry)` is called once an entry is on the disk.
export function capture(saved) {
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-entry]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!underWay.has(form)) write(form, event.submitter, saved);
  }, { capture: true });
}

async function write(form, submitter, saved) {
  const tap = { id: freshId(), happened_at: new Date().toISOString(), fields: fieldsOf(form, submitter) };
  underWay.set(form, tap);
  beginSending(form);
  tapped();
  submitter?.setAttribute("aria-busy", "true");
  try {
    const shown = saved(await written(form, tap));
    await calm();
    forget(form);
    release(form, tap);
    await shown;
  } catch (error) {
    complain(form, error);
  } finally {
    release(form, tap);
    submitter?.removeAttribute("aria-busy");
  }
}

// From here on a tap on this form is another one.
function release(form, tap) {
  if (underWay.get(form) !== tap) return;
  underWay.delete(form);
  endSending(form);
}

async function written(form, tap) {
  await refuseOthers();
  await readyPhotos(form);
  const entry = await entryOf(form, tap);
  await add(entry, photosOf(form).map(({ bytes }) => bytes), draftKey(form));
  return entry;
}

const fieldsOf = (form, submitter) =>
  [...new FormData(form, submitter)].filter(([name, value]) => typeof value === "string" && !OWN_OF_THE_PAGE.has(name));

// Another person may have signed in since, in another tab: this page is not theirs to act on.
async function refuseOthers() {
  const [person, page] = [await current(), owner()];
  if (!person) throw new Refused(words("signInFirst"));
  if (person.id !== page?.id) throw new Refused(words("otherPerson", { name: person.name ?? "" }));
}

async function entryOf(form, { id, happened_at, fields }) {
  const { entry: action, label = words(`label_${action}`), ends = "", leaves } = form.dataset;
  const { chain, place } = form.closest("[data-chain]")?.dataset ?? {};
  const photos = await manifestOf(photosOf(form));
  const typedPlace = fields.find(([name, value]) => (name === "room" || name === "place") && value)?.[1];
  return {
    id, person: owner().id, chain: chain || `new:${id}`, action, label, place: place || typedPlace || "",
    url: new URL(form.action).pathname, fields, questions: questionsOf(form), photos,
    seen: form.elements.seen?.value ?? "", happened_at, ends, leaves: leaves !== undefined, schema: SCHEMA,
    state: "waiting", tries: 0, server_errors: 0, first_try: null, last_try: null, last_error: null,
    answer: null, replaces: null, done_at: null,
  };
}

// The form as it was: where what was found for the last room must not stay, a fresh copy takes its place.
const fresh = new Map([...document.querySelectorAll("form[data-anew]")].map((form) => [form.id, form.cloneNode(true)]));

function forget(form) {
  form.querySelector("[data-not-saved]")?.remove();
  put(form, []);
  form.reset();
  const copy = fresh.get(form.id)?.cloneNode(true);
  if (!copy) return;
  form.replaceWith(copy);
  window.htmx?.process(copy);
}
