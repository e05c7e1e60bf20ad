// The name of this phone, that is of this browser profile: made once, kept with the entries. A database that is not noted as whole
// is new, or the browser has emptied it: then what waited in it is brought back from its spares before anything else is done.
import { freshId } from "../shared/fresh_id.js";
import { ownerOfCopies } from "./copies.js";
import { answer, reading, writing } from "./database.js";
import { add } from "./entries.js";
import { current, signedIn } from "./person.js";
import { dropSpare, spare, spares } from "./spares.js";

const COOKIE = "yingda_phone"; // set by the server; it outlives a storage the browser has emptied
let known;

export const phoneId = async () => (known ??= await settleIn());

// The same, looked up once more: a storage may be emptied under a page that is open.
export async function settleIn() {
  const [name, isWhole] = await reading("notes", ({ notes }) =>
    Promise.all([answer(notes.get("phone")), answer(notes.get("whole"))]));
  return isWhole ? name : arrive(name);
}

async function arrive(name) {
  const { isWhole, found } = await bringBackAll();
  if (!name) await bringBackPerson();
  const given = await nameGiven().catch(() => null);
  return writing("notes", async ({ notes }) => {
    const before = await answer(notes.get("phone")); // another tab may have been faster, or a worker that knows no spares
    if (found || (given && !before)) notes.put(true, "lost"); // told with the next check-in
    if (isWhole) notes.put(true, "whole");
    const id = before ?? given ?? freshId();
    notes.put(id, "phone");
    return id;
  });
}

// Where not all of it can come back now, the rest does another time: what is back is delivered first, and makes room.
async function bringBackAll() {
  let found = 0;
  try {
    for await (const { entry, photos } of spares()) {
      await bringBack({ ...entry, first_try: entry.first_try ?? Date.now() }, photos); // perhaps it was sent
      found += 1;
    }
    return { isWhole: true, found };
  } catch (error) {
    console.warn("Not everything is back.", error);
    return { isWhole: false, found };
  }
}

// Where the database has a name, it knows who is signed in, also that nobody is.
async function bringBackPerson() {
  const person = await ownerOfCopies().catch(() => null);
  if (person && !(await current())) await signedIn({ id: person });
}

// On a full phone the room of its spare is all there is.
async function bringBack(entry, photos) {
  try {
    await add(entry, photos);
  } catch (error) {
    if (error?.name !== "QuotaExceededError") throw error;
    await dropSpare(entry);
    await add(entry, photos).catch((still) => spare(entry, photos).then(() => Promise.reject(still)));
  }
}

async function nameGiven() {
  if (self.cookieStore) return (await cookieStore.get(COOKIE))?.value;
  return self.document?.cookie.match(`(?:^|; )${COOKIE}=([^;]+)`)?.[1];
}
