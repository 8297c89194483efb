// What a page can only know in the reader's browser: their clock, and their clipboard. Every page works without it.

const clock = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

for (const place of document.querySelectorAll("[data-instant]")) {
  place.textContent = `${clock.format(new Date(place.dataset.instant))} for you`;
  place.hidden = false;
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = "Copied";
  });
}
