// The alarm that something was not saved; the form and its photos stay as they are.
import { piece, words } from "./page.js";

// We know why, and the message says it.
export class Refused extends Error {}

export function complain(form, error) {
  const reason = error instanceof Refused ? error.message
    : words(error?.name === "QuotaExceededError" ? "storageFull" : "storageBroken", { error: error?.message ?? error });
  const banner = piece("not-saved");
  banner.querySelector("p").append(" ", reason);
  form.querySelector("[data-not-saved]")?.remove();
  form.prepend(banner);
  banner.scrollIntoView({ block: "center" });
}
