// Answers that are not fragments: a whole page is gone to, a refusal or a failure is said aloud. A page is never swapped
// into a piece of another, whether a session ended or an action led elsewhere.
import { say } from "./announce.js";

const silent = (ctx) => ctx.sourceElement.matches("[data-refresh]"); // the next refresh tries again
const isPage = (ctx) => /^\s*<!doctype/i.test(ctx.text) && !ctx.select && ctx.target !== document.body;

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { status, raw } = ctx.response;
  if (status === 401) location.reload();
  if (status >= 400 || !isPage(ctx)) return;
  event.preventDefault();
  location.assign(raw.url);
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { status } = ctx.response;
  if (silent(ctx) || [401, 409, 422].includes(status)) return; // these bring a fragment with words of their own
  say(status < 500 ? "refused" : "failed");
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !silent(ctx)) say("unreachable");
});
