// j and k walk through the rows of [data-rows] by moving the focus along their .row-link; Enter opens, as links do.
const STEP = { j: 1, k: -1 };

document.addEventListener("keydown", (event) => {
  const step = STEP[event.key];
  if (!step || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const links = [...document.querySelectorAll("[data-rows] .row-link")];
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
});
