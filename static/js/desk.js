// Everything a desk page does on its own; without any of it the pages still work.
import "./phone/sign_out.js";
import "./shared/csrf.js";
import "./shared/confirm.js";
import "./shared/once.js";
import "./shared/answers.js";
import "./shared/refresh.js";
import "./shared/focus.js";
import "./shared/clocks.js";
import "./shared/dialogs.js";
import "./shared/keyboard.js";
import "./shared/rows.js";
import "./shared/theme.js";
import "./shared/print.js";
