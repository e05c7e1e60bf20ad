// A fragment that refreshes itself (data-refresh, hx-trigger="every 5s, refresh", hx-swap="outerMorph") leaves people alone:
// not while the page is hidden, nor while they mark text or write inside it. Focus, scroll and open details survive the morph.
function isInUse(fragment) {
  const marked = getSelection();
  if (!marked.isCollapsed && fragment.contains(marked.anchorNode)) return true;
  return fragment.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
}

document.addEventListener("htmx:config:request", (event) => {
  const fragment = event.detail.ctx.sourceElement;
  if (fragment.matches("[data-refresh]") && (document.hidden || isInUse(fragment))) event.preventDefault();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  document.querySelectorAll("[data-refresh]").forEach((fragment) => fragment.dispatchEvent(new CustomEvent("refresh")));
});
