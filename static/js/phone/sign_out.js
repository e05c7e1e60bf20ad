// <form data-sign-out="here|everywhere" data-unsent="sentence with {number}">: who leaves is told what they have not sent yet; it
// stays on this phone for them, their pages do not. Without a signal the phone shows nobody anything and tells the server later.
import { ask } from "../shared/ask.js";
import { onChange } from "./changes.js";
import { undisturbed } from "./copies.js";
import { note } from "./database.js";
import { depart, settleDeparture } from "./departure.js";
import { counts } from "./entries.js";
import { current, signedOut } from "./person.js";

const ON_ITS_WAY = 15_000; // milliseconds in which nobody else may fetch pages for the one who is leaving
let leaving = false;
const [SIGN_IN, SIGNED_OUT] = ["/sign-in", "/phone/signed-out"];

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-sign-out]") || (form.dataset.confirm && !form.dataset.confirmed)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  leave(form).catch(() => form.submit()); // storage that does not work keeps nobody signed in
}, { capture: true });

async function leave(form) {
  const person = await current();
  const { waiting, refused } = await counts(person?.id);
  const unsent = waiting + refused;
  if (person && unsent && !(await ask(form.dataset.unsent.replace("{number}", unsent)))) return;
  leaving = true;
  await undisturbed(async () => {
    if (!person) form.submit();
    else if (form.dataset.signOut === "everywhere") await signedOut().then(() => form.submit());
    else location.assign((await depart(person)) ? SIGN_IN : SIGNED_OUT);
    await new Promise((resolve) => setTimeout(resolve, ON_ITS_WAY));
  });
}

// Another tab signed out: this one shows what is nobody's business any more.
onChange(async (what) => {
  if (what === "person" && !leaving && document.body.dataset.person && !(await current())) location.assign(SIGNED_OUT);
});

// Somebody left without the server knowing, and here is a page drawn for them, or a form of their session.
async function catchUp() {
  if ((await note("departure")) && (await settleDeparture())) location.reload();
}
catchUp().catch(() => {}); // storage that does not work has kept no departure either
