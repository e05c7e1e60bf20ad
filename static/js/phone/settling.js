// What becomes of an entry once it was sent: the server's verdict is written down, or why there is none; and with it, in one go,
// that delivery is alive and what is in its way.
import { freshId } from "../shared/fresh_id.js";
import { anew, change } from "./entries.js";

const DAY = 24 * 60 * 60_000; // milliseconds
const PATIENT_TRIES = 20;
const PATIENT_ERRORS = 3; // so often the server may be ill as a whole; from then on it is this entry, and only its chain waits

// What the server has said it says again: it need not be on the disk before we go on.
const arrived = (entry, changes) =>
  change(entry, changes, { durability: "relaxed", beat: Date.now(), delivered_at: Date.now(), trouble: null });

// The server's verdict about an entry's words. Answers the entry as it is then, as all of these do.
export function settle(entry, verdict) {
  if (verdict.verdict === "other_content") return arrived(entry, (now) => anew(now, freshId()));
  if (verdict.verdict === "withdrawn") return arrived(entry, { state: "withdrawn", answer: verdict, done_at: Date.now(), last_error: null });
  return arrived(entry, (now) => (now.state === "withdrawn" ? {}
    : withPhotos({ ...now, answer: verdict, last_error: null, server_errors: 0 }, verdict.photos ?? {})));
}

// The same about one of its photos.
export function settlePhoto(entry, { sha256 }, { verdict }) {
  if (verdict === "unknown") return arrived(entry, (now) => anew(now, now.id)); // the server has lost the words: again
  return arrived(entry, (now) => withPhotos(now, { [sha256]: verdict }));
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

// Nobody has settled it: `outcome` says what was in the way.
export function notSettled(entry, outcome, error) {
  const more = outcome === "server" ? 1 : 0;
  return change(entry, (now) => {
    const next = { ...now, tries: now.tries + more, server_errors: now.server_errors + more, last_error: error };
    if (isOverdue(next)) next.state = "attention";
    return next;
  }, { beat: Date.now(), trouble: outcome });
}

const isOverdue = (entry) =>
  entry.state !== "refused" && (entry.tries >= PATIENT_TRIES || Date.now() - entry.first_try > DAY);

// Whether the server has been ill about this very entry for so long that the others need not wait for it.
export const isAlone = ({ server_errors: errors }) => errors >= PATIENT_ERRORS;
