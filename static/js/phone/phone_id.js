// The name of this phone, that is of this browser profile: made once, kept with the entries. A database without it is new, or the
// browser has emptied it: then what waited in it is brought back from its spares before anything else is done.
import { freshId } from "../shared/fresh_id.js";
import { ownerOfCopies } from "./copies.js";
import { answer, note, writing } from "./database.js";
import { add } from "./entries.js";
import { current, signedIn } from "./person.js";
import { spares } from "./spares.js";

const COOKIE = "yingda_phone"; // set by the server; it outlives a storage the browser has emptied
let known;

export const phoneId = async () => (known ??= await settleIn());

// The same, looked up once more: a storage may be emptied under a page that is open.
export async function settleIn() {
  return (await note("phone")) ?? arrive();
}

async function arrive() {
  let found = 0;
  for await (const { entry, photos } of spares()) {
    await add({ ...entry, first_try: entry.first_try ?? Date.now() }, photos); // perhaps it was sent
    found += 1;
  }
  const person = await ownerOfCopies();
  if (person && !(await current())) await signedIn({ id: person });
  const before = await nameGiven();
  return writing("notes", async ({ notes }) => {
    const name = (await answer(notes.get("phone"))) ?? before ?? freshId(); // another tab may have been faster
    notes.put(name, "phone");
    if (before || found) notes.put(true, "lost"); // told with the next check-in
    return name;
  });
}

async function nameGiven() {
  if (self.cookieStore) return (await cookieStore.get(COOKIE))?.value;
  return self.document?.cookie.match(`(?:^|; )${COOKIE}=([^;]+)`)?.[1];
}
