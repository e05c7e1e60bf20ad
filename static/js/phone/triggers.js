// When delivery is tried: at the tap, when a page opens, shows itself or gets the focus, when the network is back, after a
// while that grows, and in the background where the browser can. navigator.onLine is believed only when it says no.
import { onChange } from "./changes.js";
import { note, putNote } from "./database.js";
import { drain } from "./delivery.js";
import { counts, tidySpares } from "./entries.js";
import { owner } from "./page.js";
import { checkIn } from "./pages.js";
import { current, signedIn } from "./person.js";
import { phoneId } from "./phone_id.js";

const SHORTEST = 2_000; // milliseconds between two tries by the clock
const LONGEST = 30_000;
const GLANCE = 60_000; // a page that only got the focus again does not ask for its plan more often
const SYNC = "yingda-delivery";
let pause = SHORTEST;
let timer;
let running = null;
let again = false;
let checkedIn = 0;

// Tries now. Answers what came of it, as drain() does. A try under way takes along what was saved meanwhile.
export function kick() {
  again = running !== null;
  running ??= deliver().finally(() => (running = null));
  return running;
}

async function deliver() {
  clearTimeout(timer);
  let outcome;
  do {
    again = false;
    outcome = navigator.onLine === false ? "network" : await drain();
  } while (again && (outcome === "sent" || outcome === "empty"));
  await tryLater(outcome);
  if (outcome === "sent") lookAround(0);
  return outcome;
}

async function tryLater(outcome) {
  const waiting = (await counts((await current())?.id)).waiting;
  const went = outcome === "sent" || outcome === "empty";
  pause = went ? SHORTEST : Math.min(pause * 2, LONGEST);
  if (waiting) timer = setTimeout(kick, (outcome === "busy" ? SHORTEST : pause) * (0.75 + Math.random() / 2));
  if (waiting && !went) await askTheBrowser();
}

// Chromium wakes the worker when there is a signal, also with no page open.
export async function askTheBrowser() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(SYNC).catch(() => {}); // the person has forbidden it: the other triggers remain
}

// Everything new: what waits goes out, then the plan of what belongs on this phone comes in.
export function tryNow(age = 0) {
  pause = SHORTEST;
  return kick().then(() => lookAround(age));
}

async function lookAround(age) {
  if (navigator.onLine === false || Date.now() - checkedIn < age) return;
  checkedIn = Date.now();
  await checkIn();
}

export async function watch() {
  const page = owner();
  await phoneId();
  tidySpares().catch(() => {}); // another time
  if (page && !(await current()) && !(await note("departure"))) await signedIn(page); // before the first check-in
  window.addEventListener("online", () => tryNow());
  window.addEventListener("focus", () => tryNow(GLANCE));
  window.addEventListener("pageshow", ({ persisted }) => persisted && tryNow(GLANCE));
  document.addEventListener("visibilitychange", () => document.hidden || tryNow(GLANCE));
  onChange((what) => what === "sign-in" && tryNow());
  navigator.storage?.persist?.().then((isKept) => putNote("persisted", isKept)); // Firefox asks the person, who may never answer
  await tryNow();
}
