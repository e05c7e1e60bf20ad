// The service worker of the phone pages: they open without a signal. /sw.js starts it with the build, the addresses of the
// shell and the names of the actions a phone may record by itself.
import { deliver } from "./worker/background.js";
import { fragment, page, photo } from "./worker/pages.js";
import { isEntry, keep } from "./worker/plain_posts.js";
import { asset, fillShell, takeOver } from "./worker/shell.js";

export function start({ build, shell, actions }) {
  self.addEventListener("install", (event) => event.waitUntil(fillShell(build, shell)));
  self.addEventListener("activate", (event) => event.waitUntil(takeOver(build)));
  self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());
  for (const kind of ["sync", "periodicsync"]) self.addEventListener(kind, (event) => event.waitUntil(deliver()));
  self.addEventListener("fetch", (event) => {
    const answer = answerTo(event, { build, actions });
    if (answer) event.respondWith(answer);
  });
}

// What we answer, or null: then the browser asks the network as if we were not here.
function answerTo(event, { build, actions }) {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return null;
  if (request.method === "POST") return request.mode === "navigate" && isEntry(url, actions) ? keep(event, url) : null;
  if (request.method !== "GET") return null;
  if (url.pathname.startsWith("/static/")) return asset(request, build);
  if (url.pathname.startsWith("/attachments/")) return photo(request, url);
  if (request.mode === "navigate") return page(event, url, build);
  return request.headers.has("HX-Request") ? fragment(request) : null;
}
