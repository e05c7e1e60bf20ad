// The summary of what is wrong takes the focus, on a new page and in a new fragment.
const focus = (root) => root.querySelector?.("[data-focus]")?.focus();

document.addEventListener("htmx:after:swap", () => focus(document));
focus(document);
