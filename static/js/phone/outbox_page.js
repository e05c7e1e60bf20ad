// The page "This phone": its buttons, how its storage is, and how much of other people lies here.
import { download, exportFile } from "./attention.js";
import { counts, isSettled, photosWait } from "./entries.js";
import { owner, words } from "./page.js";
import { tryNow } from "./triggers.js";

const MUCH = 200 * 1024 * 1024; // bytes of unsent photos; how much room there is, browsers do not say truly
const MANY = 40;

export function watchOutbox() {
  const page = document.getElementById("outbox");
  if (!page) return;
  document.getElementById("send-now").addEventListener("click", async ({ currentTarget: button }) => {
    button.setAttribute("aria-busy", "true");
    await tryNow().finally(() => button.removeAttribute("aria-busy"));
  });
  page.querySelector("#export").addEventListener("click", async () => download(await exportFile(owner())));
}

export async function paintOutbox(entries) {
  const page = document.getElementById("outbox");
  if (!page) return;
  const { others, waiting, refused } = await counts(owner().id, entries);
  const say = (name, text) => {
    const spot = page.querySelector(`[data-fact=${name}]`);
    spot.textContent = text;
    spot.hidden = !text;
  };
  say("others", others ? words("others", { number: others }) : "");
  say("persisted", words((await navigator.storage?.persisted?.()) ? "persisted" : "notPersisted"));
  say("much", isMuch(entries) ? words("much") : "");
  page.querySelector("#rescue").hidden = !(waiting + refused);
}

function isMuch(entries) {
  const photos = entries.filter((entry) => !isSettled(entry) && (photosWait(entry) || !entry.answer)).flatMap((entry) => entry.photos);
  const unsent = photos.filter(({ state }) => state === "waiting");
  return unsent.length > MANY || unsent.reduce((sum, { size }) => sum + size, 0) > MUCH;
}
