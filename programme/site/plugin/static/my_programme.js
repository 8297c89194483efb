// The reader's own programme: stars on slots and papers, kept in this browser and nowhere else.

const KEY = "programme.stars";
const page = document.querySelector("a[data-stars]");

const kept = () => {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(found) ? found.filter((star) => typeof star === "string") : []);
  } catch {
    return new Set();
  }
};
const keep = (stars) => localStorage.setItem(KEY, JSON.stringify([...stars].sort()));
const address = (stars) => (stars.size ? `${page.pathname}?s=${[...stars].sort().join(".")}` : page.pathname);
const areEqual = (one, other) => one.size === other.size && [...one].every((star) => other.has(star));

function show() {
  const stars = kept();
  for (const button of document.querySelectorAll("button[data-star]")) {
    button.hidden = false;
    button.ariaPressed = String(stars.has(button.dataset.star));
  }
  page.href = address(stars);
  const count = page.querySelector("[data-count]");
  count.textContent = stars.size;
  count.hidden = !stars.size;
}

// The page of a plan shows what its address names: the reader's own stars, or those of a shared plan.
const plan = document.querySelector("[data-plan]");
const planned = new Set(plan?.dataset.plan.split(".").filter(Boolean));
let isMine = Boolean(plan) && (planned.size === 0 || areEqual(planned, kept()));

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-star], button[data-keep]");
  if (!button) return;
  const stars = kept();
  const { star } = button.dataset;
  if (star === undefined) for (const each of planned) stars.add(each);
  else if (!stars.delete(star)) stars.add(star);
  keep(stars);
  show();
  if (!isMine && star !== undefined) return;
  // The plan is shown anew without the slot; the keyboard stays where it was.
  sessionStorage.setItem(KEY, [...document.querySelectorAll("main button[data-star]")].indexOf(button));
  location.replace(address(stars));
});

window.addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) show();
});

if (page) show();
if (plan && isMine && planned.size === 0 && kept().size) location.replace(address(kept()));
if (plan && sessionStorage.getItem(KEY) !== null) {
  const buttons = [...document.querySelectorAll("main button[data-star]")];
  buttons[Math.min(Number(sessionStorage.getItem(KEY)), buttons.length - 1)]?.focus();
  sessionStorage.removeItem(KEY);
}
const shared = document.querySelector("[data-shared]");
if (shared) shared.hidden = isMine;
