// Everything a phone page does on its own; without any of it the pages still work.
import "./phone/sign_out.js";
import "./shared/csrf.js";
import "./shared/confirm.js";
import "./shared/once.js";
import "./shared/answers.js";
import "./shared/refresh.js";
import "./shared/focus.js";
import "./shared/clocks.js";
import "./shared/dialogs.js";
import "./shared/theme.js";
import { show } from "./phone/aftermath.js";
import { capture } from "./phone/capture.js";
import { bringBack, watchDrafts } from "./phone/drafts.js";
import { watchInstallation } from "./phone/install.js";
import { watchOutbox } from "./phone/outbox_page.js";
import { watchRooms } from "./phone/rooms.js";
import { paint, watchScreen } from "./phone/screen.js";
import { watchSignatures } from "./phone/signature.js";
import { watch } from "./phone/triggers.js";
import { watchUpdates } from "./phone/updates.js";

// Over plain http a browser keeps nothing safely: there every form is sent at once, as without script, and the page says so.
if (window.isSecureContext && navigator.locks) {
  capture(show);
  watchDrafts();
  watchScreen();
  watchOutbox();
  watchSignatures();
  watchRooms();
  document.querySelectorAll("form[data-entry]").forEach(bringBack);
  paint();
  watch();
} else {
  document.querySelectorAll("[data-online-only]").forEach((words) => (words.hidden = false));
  document.querySelectorAll("[data-saved-only]").forEach((promise) => promise.remove());
}
watchUpdates();
watchInstallation();
