// data-opens="id" opens that dialog; a press beside a dialog closes it. Menus close like menus. Photos open large.
document.addEventListener("click", (event) => {
  const { target } = event;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu.contains(target) || (menu.open = false));
  if (target.matches("dialog")) return target.close();

  const opener = target.closest("[data-opens]");
  if (opener) return document.getElementById(opener.dataset.opens).showModal();

  const photo = target.closest("[data-photo]");
  const sheet = document.getElementById("photo-sheet");
  if (!photo || !sheet || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  sheet.querySelector("[data-photo-words]").textContent = photo.dataset.photo;
  Object.assign(sheet.querySelector("img"), { src: photo.href, alt: photo.dataset.photo });
  sheet.showModal();
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
