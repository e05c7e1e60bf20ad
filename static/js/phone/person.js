// Who is signed in on this phone, as far as the phone knows.
import { note, putNote } from "./database.js";
import { tell } from "./changes.js";

export const current = () => note("person").then((person) => person ?? null);

export async function signedIn(person) {
  const before = await current();
  if (before?.id === person.id && before.name === person.name) return;
  await putNote("person", person);
  tell("person");
}
