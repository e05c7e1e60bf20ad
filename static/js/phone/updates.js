// The worker of these pages, and its next version: it waits until the person lets it take over, and touches nothing that waits
// to be sent. Without a worker (plain http, an old browser) the pages work as long as there is a network.
import { keep } from "./drafts.js";
import { piece } from "./page.js";
import { registration } from "./registration.js";

const place = document.getElementById("update-place");

export async function watchUpdates() {
  const worker = await registration();
  if (!worker) return;
  offer(worker);
  worker.addEventListener("updatefound", () => worker.installing?.addEventListener("statechange", () => offer(worker)));
  document.addEventListener("visibilitychange", () => document.hidden || worker.update().catch(() => {})); // no network
}

function offer({ waiting }) {
  if (!waiting || !navigator.serviceWorker.controller || !place || place.childElementCount) return;
  place.append(piece("update-words"));
  place.querySelector("button").addEventListener("click", () => takeOver(waiting));
}

async function takeOver(waiting) {
  await Promise.all([...document.querySelectorAll("form[data-entry]")].map(keep));
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take over");
}
