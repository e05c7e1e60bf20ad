// The page's confirmation sheet (components/dialog.html).
export const sheet = () => document.getElementById("confirm-sheet");

// Whether the person says yes to these words.
export function ask(words) {
  sheet().querySelector("#confirm-words").textContent = words;
  sheet().returnValue = "no";
  sheet().showModal();
  return new Promise((resolve) => {
    sheet().addEventListener("close", () => resolve(sheet().returnValue === "yes"), { once: true });
  });
}
