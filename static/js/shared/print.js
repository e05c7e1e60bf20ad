// A button that prints the page; without script it is not there, and the browser's own menu does the same.
document.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) window.print();
});
