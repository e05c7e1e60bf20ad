// Like the device, light or dark: a cookie, so that the server draws the next page right at once.
const root = document.documentElement;
const YEAR = 365 * 24 * 60 * 60;

function show() {
  document.querySelectorAll("[data-theme-choice]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === root.dataset.theme));
  });
}

document.querySelectorAll("[data-theme-choices]").forEach((choices) => (choices.hidden = false));
document.addEventListener("click", ({ target }) => {
  const choice = target.closest("[data-theme-choice]")?.dataset.themeChoice;
  if (!choice) return;
  root.dataset.theme = choice;
  document.cookie = `theme=${choice}; path=/; max-age=${YEAR}; samesite=lax`;
  show();
});
show();
