// One piece of an entry on its way: its words, one photo, or the wish to withdraw it. Only our server's own verdict about this
// very entry counts; whatever else answers (a hotel's login page, a proxy, an ill server, nobody) settles nothing.
// Each function answers {outcome, …}: "verdict" with the `answer`, or why there is none: "network", "sign_in", "server".
import { phoneId } from "./phone_id.js";

const WORDS_PATIENCE = 30_000; // milliseconds
const PHOTO_PATIENCE = 120_000; // and what the thinnest line takes for its bytes
const THINNEST = 5; // bytes a millisecond
const SCHEMA = "2"; // from 2 on the last field says that all of them are here: see docs/offline.md
const OURS = new Set(["csrf_token", "event_id", "happened_at", "sent_at", "seen", "photos_to_come", "complete"]);
const BUSY = new Set([429, 503]);
const WORDS_VERDICTS = new Set(["applied", "refused", "other_content", "other_person", "withdrawn"]);
const PHOTO_VERDICTS = new Set(["kept", "refused", "unknown", "other_person"]);
const WITHDRAWAL_VERDICTS = new Set(["withdrawn", "applied", "other_person"]);

const asJson = (text) => {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
};

async function post(entry, url, { headers = {}, patience = WORDS_PATIENCE, body } = {}) {
  const patienceEnds = new AbortController();
  const timer = setTimeout(() => patienceEnds.abort(), patience);
  try {
    const response = await fetch(url, {
      method: "POST", body, signal: patienceEnds.signal,
      credentials: "same-origin", redirect: "manual", cache: "no-store",
      headers: { "Accept": "application/json", "X-Phone": await phoneId(), "X-Person": entry.person, ...headers },
    });
    return { response, text: await response.text() };
  } catch (error) {
    return { failure: error.name };
  } finally {
    clearTimeout(timer);
  }
}

function understood({ response, text, failure }, isAbout, verdicts) {
  if (!response) return { outcome: "network", error: failure };
  const said = asJson(text);
  if (isAbout(said) && verdicts.has(said.verdict)) {
    return said.verdict === "other_person" ? { outcome: "sign_in", error: "other_person" } : { outcome: "verdict", answer: said };
  }
  if (response.status === 401 || response.type === "opaqueredirect") return { outcome: "sign_in", error: "sign_in" };
  if (BUSY.has(response.status)) return { outcome: "network", error: `HTTP ${response.status}` };
  return { outcome: "server", error: `HTTP ${response.status}` };
}

function words(entry) {
  const body = new URLSearchParams(entry.fields.filter(([name]) => !OURS.has(name)));
  const manifest = entry.photos.map(({ field, sha256, name, size, type }) => ({ field, sha256, name, size, type }));
  body.append("event_id", entry.id);
  body.append("happened_at", entry.happened_at);
  body.append("sent_at", new Date().toISOString());
  body.append("seen", entry.seen ?? "");
  if (manifest.length) body.append("photos_to_come", JSON.stringify(manifest));
  body.append("complete", "yes");
  return body;
}

// `after`: the id of the entry of the same chain this one was built on, or "".
export async function sendWords(entry, after) {
  const headers = {
    "X-Entry": entry.id, "X-Entry-Sequence": String(entry.sequence), "X-Entry-After": after, "X-Entry-Schema": SCHEMA,
    ...(entry.replaces && { "X-Entry-Replaces": entry.replaces }),
  };
  const sent = await post(entry, entry.url, { headers, body: words(entry) });
  return understood(sent, (said) => said.entry === entry.id, WORDS_VERDICTS);
}

export async function sendPhoto(entry, { sha256, type }, bytes) {
  const sent = await post(entry, `/phone/entries/${entry.id}/photos/${sha256}`, {
    headers: { "Content-Type": type || "application/octet-stream" }, body: bytes,
    patience: PHOTO_PATIENCE + bytes.byteLength / THINNEST,
  });
  return understood(sent, (said) => said.entry === entry.id && said.photo === sha256, PHOTO_VERDICTS);
}

export async function sendWithdrawal(entry) {
  const sent = await post(entry, `/phone/entries/${entry.id}/withdrawal`);
  return understood(sent, (said) => said.entry === entry.id, WITHDRAWAL_VERDICTS);
}
