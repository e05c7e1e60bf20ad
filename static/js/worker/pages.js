// Pages: the network first, but not for long; then the copy of the person who is signed in here.
import { copiesOf, copyOf, isKept, isPageFor } from "../phone/copies.js";
import { settleDeparture } from "../phone/departure.js";
import { current, signedIn } from "../phone/person.js";
import { settleIn } from "../phone/phone_id.js";
import { shellOf } from "./shell.js";

const ALWAYS = new Set(["/phone/offline", "/phone/signed-out"]); // the same for everybody
const PATIENCE = 3_000; // milliseconds

export async function page(event, url, build) {
  if (ALWAYS.has(url.pathname)) return ofShell(url.pathname, build);
  if (!(await settleDeparture().catch(() => true))) return insteadOf(url, null, build);
  const person = await settleIn().then(current).catch(() => null); // storage that does not answer must not keep the network out
  const kept = person && (await copyOf(person.id, url.pathname));
  const fresh = fetch(event.request).then((answer) => remembered(event, url, answer, person));
  if (!kept) return fresh.catch(() => insteadOf(url, person, build));
  event.waitUntil(fresh.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([fresh, late]).catch(() => null);
  return answer && isOurs(answer) ? answer : kept;
}

// A photo of the signed-in person's jobs: from the phone, else from the network.
export async function photo(request, url) {
  const person = await current().catch(() => null);
  return (person && (await copyOf(person.id, url.pathname))) || fetch(request);
}

// A fragment nobody can fetch now: what is on the screen stays.
export function fragment(request) {
  return fetch(request).catch(() => new Response(null, { status: 204, headers: { "X-Phone-Offline": "yes" } }));
}

async function remembered(event, url, answer, before) {
  const id = answer.headers.get("X-Phone-User");
  const now = await current().catch(() => null);
  if (now?.id !== before?.id && now?.id !== id) return answer; // who asked has signed out meanwhile
  if (id && answer.status === 200) await signedIn({ id });
  if (isKept(url) && isPageFor(id, answer)) {
    const copy = answer.clone();
    event.waitUntil(copiesOf(id).then((copies) => copies.put(url.pathname, copy)).catch(() => {})); // a full phone still shows it
  }
  return answer;
}

// An ill server, or a portal that answers for everybody, must not take a person's pages away. A redirect shows no headers.
function isOurs(answer) {
  return answer.type === "opaqueredirect" || (answer.headers.has("X-Phone-User") && answer.status < 500 && answer.status !== 429);
}

async function insteadOf(url, person, build) {
  if (url.pathname === "/phone/start" && person?.home) return Response.redirect(person.home);
  return ofShell("/phone/offline", build);
}

const ofShell = async (path, build) => (await caches.open(shellOf(build))).match(path);
