// Brings the signed-in person's entries to the server: words first, in their order, then photos one by one. One tab or the
// worker at a time, by a lock that only saves double work: that things happen once is the server's receipt's doing.
import { note, putNote } from "./database.js";
import { change, clean, of, photosOf, photosWait, tidySpares, wordsWait } from "./entries.js";
import { current } from "./person.js";
import { settleIn } from "./phone_id.js";
import { sendPhoto, sendWords } from "./sending.js";
import { isAlone, notSettled, settle, settlePhoto } from "./settling.js";

const LOCK = "yingda-delivery";
const SILENCE = 3 * 60_000; // a holder of the lock that shows no sign of life for so long is dead (WebKit leaves such locks)

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
  await settleIn();
  const person = await current();
  if (!person) return "signed_out";
  await clean();
  const held = new Set(); // chains, and entries with photos, that wait for another time
  let outcome = "empty";
  await putNote("beat", Date.now());
  for (;;) {
    const mine = await of(person.id);
    const next = nextWords(mine, held) ?? nextPhotos(mine, held);
    if (!next) {
      if (outcome === "sent") await tidySpares().catch(() => {}); // another time
      return outcome;
    }
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

// Answers what stopped the whole delivery, if anything did.
async function deliverWords(entry, mine, held) {
  const before = mine.findLast(({ chain, sequence, answer }) =>
    chain === entry.chain && sequence < entry.sequence && answer?.verdict === "applied");
  const tried = await trying(entry);
  if (!tried || !wordsWait(tried)) return null; // discarded this moment
  const { outcome, answer, error } = await sendWords(tried, before?.id ?? "");
  if (outcome !== "verdict") return stopOrHold(await notSettled(tried, outcome, error), outcome, held, entry.chain);
  await settle(tried, answer);
  return null;
}

async function deliverPhoto(entry, held) {
  const number = entry.photos.findIndex(({ state }) => state === "waiting");
  const bytes = (await photosOf(entry))[number];
  const tried = await trying(entry);
  if (!tried) return null; // mended this moment
  const photo = entry.photos[number];
  const { outcome, answer, error } = bytes ? await sendPhoto(tried, photo, bytes) : { outcome: "verdict", answer: { verdict: "refused" } };
  if (outcome !== "verdict") return stopOrHold(await notSettled(tried, outcome, error), outcome, held, entry.id);
  await settlePhoto(tried, photo, answer);
  return null;
}

// On the disk before it is sent: whoever discards it has to know that a server may have heard of it.
const trying = (entry) =>
  change(entry, (now) => ({ first_try: now.first_try ?? Date.now(), last_try: Date.now() }));

// What is in the way stops everything; only what the server has choked on again and again is left aside with its chain.
function stopOrHold(now, outcome, held, what) {
  if (!now) return null; // mended or discarded meanwhile
  if (outcome !== "server" || !isAlone(now)) return outcome;
  held.add(what);
  return null;
}
