// Answers that are not fragments. A refusal is said aloud and leaves the page, and what was typed, as it is; a whole page is
// gone to, because an action led elsewhere: it is never swapped into a piece of another.
import { announce, say } from "./announce.js";

const isQuiet = (ctx) => ctx.sourceElement.matches("[data-refresh]"); // the next refresh tries again
const isPage = (ctx) => /^\s*<!doctype/i.test(ctx.text) && !ctx.select && ctx.target !== document.body;
const refusal = (ctx) => new DOMParser().parseFromString(ctx.text, "text/html").querySelector("#refusal")?.textContent.trim();

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { status, raw } = ctx.response;
  if (status >= 400) {
    const sentence = refusal(ctx);
    if (!sentence) return;
    event.preventDefault();
    if (!isQuiet(ctx)) announce(sentence, { stays: true });
  } else if (isPage(ctx)) {
    event.preventDefault();
    location.assign(raw.url);
  }
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status >= 500 && !isQuiet(ctx)) say("failed");
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !isQuiet(ctx)) say("unreachable");
});
