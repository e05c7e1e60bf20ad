// What a person is shown after a tap: for some seconds the server's answer is worth waiting for; then, or without a signal at
// once, the truth is that it is saved on this phone.
import { announce } from "../shared/announce.js";
import { find, ownedBy, wordsWait } from "./entries.js";
import { owner, words } from "./page.js";
import { askTheBrowser, kick } from "./triggers.js";

const PATIENCE = 4_000; // milliseconds
const GLANCE = 80;
const MOVED = new Set(["already", "moved"]);

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

// Answers the entry once the server has settled its words, or null when that takes too long or cannot be.
async function verdictOn({ id }) {
  let stopped = false;
  kick().then((outcome) => (stopped = outcome !== "sent" && outcome !== "busy"), () => (stopped = true));
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(GLANCE)) {
    const isLast = stopped;
    const entry = await find(id);
    if (!entry || !wordsWait(entry)) return entry ?? null;
    if (isLast) return null;
  }
  return null;
}

export async function show(entry) {
  const settled = await verdictOn(entry);
  const { verdict, code, sentence, url } = settled?.answer ?? {};
  if (verdict === "refused") return; // its card, with the reason, appears on the page
  if (verdict !== "applied") {
    askTheBrowser(); // whoever reads that it is saved may close the page
    return announce(words("saved"));
  }
  if (MOVED.has(code) && sentence) announce(sentence, { stays: true });
  if (url && (entry.leaves || entry.action === "register")) location.assign(url);
}

const isWriting = (job) => job.contains(document.activeElement) && document.activeElement.matches("input, textarea") && document.activeElement.value;

let shownAt = Date.now();
const seen = new Set(); // what has already made the page fetch itself anew

// When an entry about the job on the page has arrived, the job as the server has it now takes the place of the older one.
export async function refreshJob(entries) {
  const job = document.querySelector("#job[data-job]");
  if (!job || !owner() || !window.htmx || navigator.onLine === false || isWriting(job)) return;
  const news = ownedBy(owner().id, entries).filter(({ chain, leaves }) => chain === `job:${job.dataset.job}` && !leaves)
    .filter(({ answer, done_at: doneAt, photos }) =>
      answer?.verdict === "applied" && (answer.version > Number(job.dataset.version) || (photos.length && doneAt > shownAt)))
    .map(({ id, state }) => `${id} ${state}`).filter((one) => !seen.has(one));
  if (!news.length) return;
  news.forEach((one) => seen.add(one));
  shownAt = Date.now();
  await window.htmx.ajax("GET", job.dataset.url, { target: "#job", swap: "outerMorph" });
}
