// What the browser lets us do with no page open: bring what waits to the server, and see what changed meanwhile.
import { drain } from "../phone/delivery.js";
import { checkIn } from "../phone/pages.js";

const TRY_AGAIN = new Set(["network", "server", "busy"]); // busy: a page is at it, and may be closed before it is done

export async function deliver() {
  const outcome = await drain();
  if (TRY_AGAIN.has(outcome)) throw new Error(outcome); // the browser asks us once more, later
  await checkIn();
}
