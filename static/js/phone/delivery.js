// Brings the signed-in person's entries to the server: words first, in their order, then photos one by one. One tab or the
// worker at a time, by a lock that only saves double work: that things happen once is the server's receipt's doing.
import { freshId } from "../shared/fresh_id.js";
import { tell } from "./changes.js";
import { note, putNote, putNotes } from "./database.js";
import { anew, change, clean, of, photosOf, photosWait, wordsWait } from "./entries.js";
import { current } from "./person.js";
import { sendPhoto, sendWords } from "./sending.js";

const LOCK = "yingda-delivery";
const SILENCE = 3 * 60_000; // a holder of the lock that shows no sign of life for so long is dead (WebKit leaves such locks)
const DAY = 24 * 60 * 60_000;
const PATIENT_TRIES = 20;
const PATIENT_ERRORS = 3; // so often the server may be ill as a whole; from then on it is this entry, and only its chain waits

// Answers "empty", "sent", "signed_out", "busy" (somebody else is delivering), or what stopped it: "network", "sign_in", "server".
export async function drain() {
  const got = await locked({ ifAvailable: true });
  if (got !== "busy" || Math.abs(Date.now() - ((await note("beat")) ?? 0)) < SILENCE) return got;
  return locked({ steal: true });
}

// "busy" also where another one took us for dead and robbed us of the lock: the phone's clock may have jumped.
async function locked(options) {
  let failure = null;
  const work = (lock) => (lock ? alive(deliverAll).catch((error) => Promise.reject((failure = error))) : "busy");
  try {
    return await navigator.locks.request(LOCK, options, work);
  } catch (error) {
    if (failure || error.name !== "AbortError") throw error;
    return "busy";
  }
}

// Shows a sign of life now and then for as long as the work takes: a photo on a thin line takes minutes.
async function alive(work) {
  const sign = setInterval(() => putNote("beat", Date.now()).catch(() => {}), SILENCE / 3);
  try {
    return await work();
  } finally {
    clearInterval(sign);
  }
}

async function deliverAll() {
  const person = await current();
  if (!person) return "signed_out";
  await clean();
  const held = new Set(); // chains, and entries with photos, that wait for another time
  let outcome = "empty";
  await putNote("beat", Date.now());
  for (;;) {
    const mine = await of(person.id);
    const next = nextWords(mine, held) ?? nextPhotos(mine, held);
    if (!next) return outcome;
    const stopped = await (wordsWait(next) ? deliverWords(next, mine, held) : deliverPhoto(next, held));
    if (stopped) return stopped;
    outcome = "sent";
  }
}

function nextWords(mine, held) {
  const refused = mine.filter(({ state }) => state === "refused");
  const waitsFor = (entry) => refused.some(({ chain, sequence }) => chain === entry.chain && sequence < entry.sequence);
  return mine.find((entry) => wordsWait(entry) && !held.has(entry.chain) && !waitsFor(entry));
}

const nextPhotos = (mine, held) => mine.find((entry) => photosWait(entry) && !held.has(entry.id));

async function deliverWords(entry, mine, held) {
  const before = mine.findLast(({ chain, sequence, answer }) =>
    chain === entry.chain && sequence < entry.sequence && answer?.verdict === "applied");
  const tried = await trying(entry);
  if (!tried || !wordsWait(tried)) return null; // discarded this moment
  const { outcome, answer, error } = await sendWords(tried, before?.id ?? "");
  if (outcome !== "verdict") return notSettled(tried, outcome, error, held, entry.chain);
  await settle(tried, answer);
  await delivered();
  return null;
}

async function deliverPhoto(entry, held) {
  const number = entry.photos.findIndex(({ state }) => state === "waiting");
  const bytes = (await photosOf(entry))[number];
  const tried = await trying(entry);
  if (!tried) return null; // mended this moment
  const { outcome, answer, error } = bytes ? await sendPhoto(tried, entry.photos[number], bytes) : { outcome: "verdict", answer: { verdict: "refused" } };
  if (outcome !== "verdict") return notSettled(tried, outcome, error, held, entry.id);
  if (answer.verdict === "unknown") await change(tried, (now) => anew(now, now.id)); // the server has lost the words: again
  else await change(tried, (now) => withPhotos(now, { [entry.photos[number].sha256]: answer.verdict }));
  await delivered();
  return null;
}

const trying = (entry) => change(entry, (now) => ({ first_try: now.first_try ?? Date.now(), last_try: Date.now() }));

const delivered = () => putNotes({ beat: Date.now(), delivered_at: Date.now(), trouble: null });

// The server's verdict about an entry's words.
function settle(entry, verdict) {
  if (verdict.verdict === "other_content") return change(entry, (now) => anew(now, freshId()));
  if (verdict.verdict === "withdrawn") return change(entry, { state: "withdrawn", answer: verdict, done_at: Date.now(), last_error: null });
  return change(entry, (now) => (now.state === "withdrawn" ? {}
    : withPhotos({ ...now, answer: verdict, last_error: null, server_errors: 0 }, verdict.photos ?? {})));
}

// The entry after the server has said of some photos, by their sha256, whether it has kept them.
function withPhotos(entry, said) {
  const photos = entry.photos.map((photo) => {
    const state = said[photo.sha256];
    return state === "kept" || state === "refused" ? { ...photo, state } : photo;
  });
  const isOpen = photos.some(({ state }) => state === "waiting");
  if (entry.answer.verdict === "refused") return { ...entry, photos, state: "refused" };
  return { ...entry, photos, ...(isOpen ? { state: "photos" } : { state: "done", done_at: Date.now() }) };
}

// Nobody has settled it. What stops the whole delivery is answered; after too many errors of the server only `chain` is held.
async function notSettled(entry, outcome, error, held, chain) {
  const wasAnswered = outcome === "server";
  const now = await change(entry, ({ tries, server_errors: errors }) => ({
    tries: tries + (wasAnswered ? 1 : 0), server_errors: errors + (wasAnswered ? 1 : 0), last_error: error,
  }));
  if (!now) return null; // mended or discarded meanwhile
  if (isOverdue(now)) await change(now, { state: "attention" });
  await putNotes({ beat: Date.now(), trouble: outcome });
  tell();
  if (wasAnswered && now.server_errors >= PATIENT_ERRORS) {
    held.add(chain);
    return null;
  }
  return outcome;
}

const isOverdue = (entry) =>
  entry.state !== "refused" && (entry.tries >= PATIENT_TRIES || Date.now() - entry.first_try > DAY);
