// <form data-confirm="sentence"> asks in a native dialog before it is sent.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const sheet = document.getElementById("confirm-sheet");
  const words = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!words || !sheet || form.dataset.confirmed) return delete form.dataset.confirmed;
  event.preventDefault();
  event.stopImmediatePropagation();
  sheet.querySelector("#confirm-words").textContent = words;
  sheet.returnValue = "no";
  sheet.addEventListener("close", () => {
    if (sheet.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter);
  }, { once: true });
  sheet.showModal();
}, { capture: true });
