// The name of this phone, that is of this browser profile: made once, kept with the entries.
import { freshId } from "../shared/fresh_id.js";
import { answer, note, writing } from "./database.js";

const made = () => writing("notes", async ({ notes }) => {
  const known = await answer(notes.get("phone")); // another tab may have been faster
  if (known) return known;
  const id = freshId();
  await answer(notes.put(id, "phone"));
  return id;
});

let known;

export const phoneId = async () => (known ??= (await note("phone")) ?? (await made()));
