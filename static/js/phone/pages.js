// What of the signed-in person's belongs on this phone: pages, small photos, the rooms of the site. The plan says which, and in
// which version; only what changed is fetched, and what cannot be fetched stays as it was.
import { tell } from "./changes.js";
import { report } from "./check_in.js";
import { copiesOf, isPageFor, unlessBusy } from "./copies.js";
import { dropNote, note, putNote } from "./database.js";
import { settleDeparture } from "./departure.js";
import { isSettled, of } from "./entries.js";
import { current, signedIn } from "./person.js";

const PATIENCE = 20_000; // milliseconds for one page

// Answers "kept", "busy" (somebody else is at it), or why not: "network", "sign_in", "server", "signed_out".
export const checkIn = () => unlessBusy(visit);

async function visit() {
  if (!(await settleDeparture())) return "signed_out";
  const before = await current();
  let plan = await report(before);
  if (typeof plan === "string") return plan;
  await signedIn({ id: plan.user, name: plan.name, home: plan.home });
  if (before && before.id !== plan.user) plan = await report(await current()); // the first report was about somebody else
  if (typeof plan === "string") return plan;
  if (self.caches) await keepAll(plan).catch((error) => console.warn("Pages cannot be kept.", error));
  await keepDirectory(plan.directory);
  tell("pages");
  return "kept";
}

async function keepAll(plan) {
  await keepPages(plan);
  await keepShell(plan);
}

async function keepPages({ user, pages, photos }) {
  const copies = await copiesOf(user);
  const versions = (await note("versions")) ?? {};
  for (const { url, version } of pages) {
    if (versions[url] === version && (await copies.match(url))) continue;
    if (!(await isFetched(user, copies, url, (answer) => isPageFor(user, answer)))) continue;
    versions[url] = version;
    await putNote("versions", versions);
  }
  for (const url of photos) {
    if (!(await copies.match(url))) await isFetched(user, copies, url, isPhoto);
  }
  await forgetOthers(user, copies, new Set([...pages.map(({ url }) => url), ...photos]));
}

const isPhoto = (answer) => answer.status === 200 && answer.headers.get("Content-Type")?.startsWith("image/") === true;

async function isFetched(user, copies, url, isGood) {
  const answer = await fetch(url, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (!answer || !isGood(answer) || (await current())?.id !== user) return false;
  return copies.put(url, answer).then(() => true, () => false); // cut off half-way, or no room left
}

// What is no longer the person's leaves the phone, but not the page of a job something unsent hangs on.
async function forgetOthers(user, copies, wanted) {
  const chains = new Set((await of(user)).filter((entry) => !isSettled(entry)).map(({ chain }) => chain));
  for (const request of await copies.keys()) {
    const path = new URL(request.url).pathname;
    if (!wanted.has(path) && !chains.has(`job:${path.split("/").at(-1)}`)) await copies.delete(request);
  }
}

// The pages of the shell are one copy for everybody, in the language of whoever was signed in here last.
async function keepShell({ user, build, shell }) {
  const name = `shell-${build}`; // another build's pages are drawn with files this shell does not have
  if (!shell || (await note("shell")) === shell.version || !(await caches.has(name))) return;
  const copies = await caches.open(name);
  const done = await Promise.all(shell.pages.map((url) => isFetched(user, copies, url, (answer) => isPageFor(user, answer))));
  if (done.every(Boolean)) await putNote("shell", shell.version);
}

async function keepDirectory(offered) {
  if (!offered) return dropNote("directory");
  if ((await note("directory"))?.version === offered.version) return undefined;
  const answer = await fetch(offered.url, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  const directory = answer?.ok ? await answer.json().catch(() => null) : null;
  return directory?.version ? putNote("directory", directory) : undefined;
}
