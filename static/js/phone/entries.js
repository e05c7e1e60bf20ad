// The outbox: what a person has done on this phone, in order, until the server's verdict about it has come, and a week longer.
// An entry's `sequence` is its place in the order and never changes; its `id` is what the server knows it by.
//   waiting    its words have not been settled          photos     its words are applied, photos are still to be sent
//   done       all of it has arrived                    refused    the server's reason is in `answer`; its chain waits
//   attention  tried for a day, or twenty times; is still tried                      withdrawn  discarded, can be undone
import { tell } from "./changes.js";
import { answer, reading, writing } from "./database.js";
import { dropSpare, keepSparesOf, spare } from "./spares.js";

const KEPT = 7 * 24 * 60 * 60 * 1000; // how long the settled ones stay to be looked at, in milliseconds
const SETTLED = new Set(["done", "withdrawn"]);

const photoKey = (id, number) => `${id}/${number}`;

export const wordsWait = (entry) => !entry.answer && (entry.state === "waiting" || entry.state === "attention");
export const photosWait = (entry) =>
  Boolean(entry.answer) && !SETTLED.has(entry.state) && entry.photos.some(({ state }) => state === "waiting");
export const isSettled = (entry) => SETTLED.has(entry.state);

export const all = () => reading("entries", ({ entries }) => answer(entries.getAll()));
export const ownedBy = (person, entries) => entries.filter((entry) => entry.person === person);
export const of = async (person) => ownedBy(person, await all());
export const find = (id) => reading("entries", ({ entries }) => answer(entries.index("id").get(id)));

// The bytes of an entry's photos, in their order; undefined for one that is no longer on the phone.
export const photosOf = async (entry) => (entry.photos.length === 0 ? [] : reading("photos", ({ photos }) =>
  Promise.all(entry.photos.map((_, number) => answer(photos.get(photoKey(entry.id, number)))))));

// Writes a new entry, its photos' bytes and the end of its draft, all or nothing. The same id again is the same tap. One that is
// brought back has its place already, unless that is taken.
export async function add({ sequence, ...entry }, bytes, draft = null) {
  const place = await writing(["entries", "photos", "drafts"], async ({ entries, photos, drafts }) => {
    if (await answer(entries.index("id").get(entry.id))) return undefined;
    const isFree = sequence !== undefined && !(await answer(entries.get(sequence)));
    for (const [number, one] of bytes.entries()) if (one) await answer(photos.put(one, photoKey(entry.id, number)));
    if (draft) await answer(drafts.delete(draft));
    return answer(entries.add(isFree ? { sequence, ...entry } : entry));
  });
  if (place !== undefined) await spare({ sequence: place, ...entry }, bytes);
  tell();
}

// Changes what is kept of an entry: `changes` is an object, or a function from the entry as it is now. Answers the new one,
// or nothing when the entry is no longer there or has another id: a late answer about the old one is not about the new one.
// Notes can be put down with it, in one go.
export async function change({ sequence, id }, changes, { durability = "strict", ...toNote } = {}) {
  const changed = await writing(["entries", "photos", "notes"], async ({ entries, photos, notes }) => {
    const now = await answer(entries.get(sequence));
    if (now?.id !== id) return undefined;
    const next = { ...now, ...(typeof changes === "function" ? changes(now) : changes) };
    if (next.id !== now.id) await movePhotos(photos, now, next.id);
    if (next.state === "done") await dropPhotos(photos, next);
    for (const [name, value] of Object.entries(toNote)) notes.put(value, name);
    await answer(entries.put(next));
    return [now, next];
  }, durability);
  if (changed) await spareAsWell(...changed);
  tell();
  return changed?.[1];
}

// The spare of an entry follows it; that of one which has arrived goes with others when a delivery is over (tidySpares).
async function spareAsWell(before, after) {
  if (after.state === "withdrawn") await dropSpare(after);
  else if (!isSettled(after) && (after.id !== before.id || isSettled(before))) await spare(after, await photosOf(after));
}

// Drops the spares of what is settled, and makes those that are missing. A database that is not whole does not know.
export async function tidySpares() {
  const missing = await keepSparesOf(() => reading(["entries", "notes"], async ({ entries, notes }) =>
    (await answer(notes.get("whole"))) && (await answer(entries.getAll())).filter((entry) => !isSettled(entry))));
  for (const { id } of missing) {
    const entry = await find(id);
    if (entry && !isSettled(entry)) await spare(entry, await photosOf(entry));
  }
}

async function movePhotos(photos, { id, photos: manifest }, to) {
  for (const number of manifest.keys()) {
    const bytes = await answer(photos.get(photoKey(id, number)));
    await answer(photos.delete(photoKey(id, number)));
    if (bytes) await answer(photos.put(bytes, photoKey(to, number)));
  }
}

async function dropPhotos(photos, { id, photos: manifest }) {
  for (const number of manifest.keys()) await answer(photos.delete(photoKey(id, number)));
}

const unsent = (photos) => photos.map((photo) => ({ ...photo, state: "waiting" }));

// What an entry is that starts anew under another id, in its old place.
export const anew = (entry, id) => ({
  id, state: "waiting", answer: null, done_at: null, photos: unsent(entry.photos),
  tries: 0, server_errors: 0, first_try: null, last_try: null, last_error: null,
});

// The refused entry with other words and photos: a new id that replaces the old one in the same place.
export async function replace({ sequence, id: old }, { fields, photos: manifest }, bytes, id) {
  const replaced = await writing(["entries", "photos"], async ({ entries, photos }) => {
    const now = await answer(entries.get(sequence));
    if (now?.id !== old) return undefined;
    await dropPhotos(photos, now);
    for (const [number, one] of bytes.entries()) await answer(photos.put(one, photoKey(id, number)));
    const next = { ...now, ...anew(now, id), fields, photos: manifest, replaces: old };
    await answer(entries.put(next));
    return [now, next];
  });
  if (replaced) await spareAsWell(...replaced);
  tell();
}

export const withdraw = (entry) => change(entry, { state: "withdrawn", done_at: Date.now() });

// Withdraws what no server can have heard of, and nothing else. Answers the entry as it is then.
export const withdrawUntried = (entry) => change(entry, (now) =>
  now.first_try || now.answer ? {} : { state: "withdrawn", done_at: Date.now() });

// A discarded entry comes back: a refused one to be mended, any other to be sent, as one the server has not heard of.
export const restore = (entry, id) => change(entry, (now) =>
  now.answer?.verdict === "refused" ? { state: "refused", done_at: null } : anew(now, id));

// How many entries of this person wait, are refused or need attention, and how many lie here for other people.
export async function counts(person, entries = all()) {
  const open = (await entries).filter((entry) => !isSettled(entry));
  const mine = open.filter((entry) => entry.person === person);
  const count = (test) => mine.filter(test).length;
  return {
    waiting: count((entry) => wordsWait(entry) || (entry.state !== "refused" && photosWait(entry))),
    refused: count(({ state }) => state === "refused"),
    attention: count(({ state }) => state === "attention"),
    others: open.length - mine.length,
  };
}

// Forgets what was settled more than a week ago.
export async function clean(now = Date.now()) {
  const old = (await all()).filter((entry) => isSettled(entry) && now - entry.done_at > KEPT);
  if (!old.length) return;
  await writing(["entries", "photos"], async ({ entries, photos }) => {
    for (const entry of old) {
      await dropPhotos(photos, entry);
      await answer(entries.delete(entry.sequence));
    }
  });
}
