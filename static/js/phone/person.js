// Who is signed in on this phone, as far as the phone knows. Another person's pages and rooms go at once; what they saved to be
// sent stays, and is only counted until they come back.
import { tell } from "./changes.js";
import { forgetCopies } from "./copies.js";
import { dropNote, note, putNote } from "./database.js";

const ABOUT_A_PERSON = ["versions", "directory"];

export const current = () => note("person").then((person) => person ?? null);

// This is who the server says is signed in: {id} and, where it said more, name and home.
export async function signedIn(person) {
  const before = await current();
  const same = before?.id === person.id;
  if (same && Object.keys(person).every((key) => before[key] === person[key])) return;
  await putNote("person", same ? { ...before, ...person } : person);
  if (!same) await forgetPagesOfOthers(person.id);
  tell("person");
}

// Nobody is signed in any more, and nothing anybody may read is left but what waits to be sent.
export async function signedOut() {
  await dropNote("person");
  await forgetPagesOfOthers(null);
  tell("person");
}

async function forgetPagesOfOthers(id) {
  for (const name of ABOUT_A_PERSON) await dropNote(name);
  if (self.caches) await forgetCopies(id);
}
