// Copies of pages on this phone, in one cache for each person, found by their path alone: neither a query nor Vary matters.
const PREFIX = "pages-";
const LOCK = "yingda-pages";
const KEPT = /^\/phone\/(?:$|department$|hand-over$|reports$|outbox$|jobs\/[0-9a-f-]{36}$)/;

export const copiesOf = (person) => caches.open(PREFIX + person);
export const isKept = (url) => !url.search && KEPT.test(url.pathname);
export const copyOf = async (person, path) => (await copiesOf(person)).match(path);

// Whether the answer is a page of ours, drawn for this person: no login, no error, no fragment, nobody else's words.
export function isPageFor(person, answer) {
  return answer.status === 200 && !answer.redirected && answer.headers.get("X-Phone-User") === person
    && answer.headers.get("Content-Type")?.startsWith("text/html") === true;
}

// The id of the person whose pages lie here, or nothing where that is not one.
export async function ownerOfCopies() {
  const [name, ...others] = ((await self.caches?.keys()) ?? []).filter((one) => one.startsWith(PREFIX));
  return others.length ? undefined : name?.slice(PREFIX.length);
}

// Removes every person's copies but this one's (null: everybody's).
export async function forgetCopies(exceptOf) {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + exceptOf);
  await Promise.all(others.map((name) => caches.delete(name)));
}

// Runs `work` unless somebody on this phone is changing the copies already.
export const unlessBusy = (work) => (navigator.locks
  ? navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : "busy"))
  : work());

// Runs `work` while nobody else changes the copies; waits for that no longer than five seconds.
export async function undisturbed(work) {
  if (!navigator.locks) return work();
  try {
    return await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(5_000) }, work);
  } catch (error) {
    if (error.name !== "TimeoutError") throw error;
    return work();
  }
}
