// The summary of what is wrong takes the focus, once, on a new page and in a new fragment.
function focus() {
  const element = document.querySelector("[data-focus]");
  element?.removeAttribute("data-focus");
  element?.focus();
}

document.addEventListener("htmx:after:swap", focus);
focus();
