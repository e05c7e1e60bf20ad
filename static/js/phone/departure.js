// Signing out, also where nobody can hear it: the phone shows nothing any more at once, and tells the server before anything
// else when it meets it again.
import { dropNote, note, putNote } from "./database.js";
import { signedOut } from "./person.js";
import { phoneId } from "./phone_id.js";

const NOTE = "departure"; // {person}: who left without the server knowing
const PATIENCE = 5_000; // milliseconds

export async function depart(person) {
  await putNote(NOTE, { person: person.id });
  await signedOut();
  return settleDeparture();
}

// Whether nobody's sign-out is still unheard, having told the server of one if there was. Whoever has signed in since stays.
export async function settleDeparture() {
  const departure = await note(NOTE);
  if (!departure) return true;
  if (!(await isHeard(departure.person))) return false;
  await dropNote(NOTE);
  return true;
}

async function isHeard(person) {
  try {
    const answer = await fetch("/phone/sign-out", {
      method: "POST", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
      headers: { "Accept": "application/json", "X-Phone": await phoneId(), "X-Person": person },
    });
    return (await answer.json()).verdict === "signed_out";
  } catch {
    return false;
  }
}
