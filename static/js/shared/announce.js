// Says one sentence to eyes and to screen readers, then steps aside; an alarm stays until it is closed.
const region = () => document.getElementById("announcements");

export function announce(words, { stays = false } = {}) {
  const line = document.createElement("div");
  line.className = "announcement";
  line.append(Object.assign(document.createElement("span"), { textContent: words }));
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  close.className = "button button-quiet button-icon";
  close.setAttribute("aria-label", region().dataset.close);
  close.addEventListener("click", () => line.remove());
  line.append(close);
  region().replaceChildren(line);
  if (!stays) setTimeout(() => line.remove(), 8000);
}

export const say = (name) => announce(region().dataset[name], { stays: true });

// The server may send a sentence along with a fragment: HX-Trigger: {"announce": {"value": "…"}}
document.addEventListener("announce", ({ detail }) => announce(detail.value ?? detail));
