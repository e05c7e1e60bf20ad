// What htmx sends carries the token of the page, like the hidden field of a form does.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  ctx.request.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
});
