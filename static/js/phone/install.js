// On the home screen the browser keeps our storage longer, and there is no address line: an offer, made once and never again
// after "not now".
import { note, putNote } from "./database.js";
import { piece } from "./page.js";

const place = document.getElementById("install-place");
const isInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
const isApple = () => navigator.standalone === false; // only Safari on a phone has this; it offers nothing by itself

export async function watchInstallation() {
  if (isInstalled()) return putNote("installed", true);
  window.addEventListener("appinstalled", () => putNote("installed", true));
  if (!place || (await note("install-declined"))) return undefined;
  if (isApple()) return show();
  return window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    show(event);
  });
}

// With an offer of the browser it is one tap; without one, the words say what to tap.
function show(offer) {
  place.replaceChildren(piece("install-words"));
  const install = place.querySelector("[data-install]");
  if (!offer) {
    place.querySelector("p").textContent = document.getElementById("install-words").dataset.apple;
    install.remove();
  }
  install.addEventListener("click", () => {
    offer.prompt();
    place.replaceChildren();
  });
  place.querySelector("[data-decline]").addEventListener("click", () => {
    putNote("install-declined", true);
    place.replaceChildren();
  });
}
