// What needs the reader's browser: their time zone and their clipboard. Every page also works without scripts.

const clock = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

// Next to the venue's time (`data-local`), the reader's own is hidden where both are equal; `data-long` adds day and zone.
for (const place of document.querySelectorAll("[data-instant]")) {
  const instant = new Date(place.dataset.instant);
  const { local, long } = place.dataset;
  place.textContent = `${local && long === undefined ? hour.format(instant) : clock.format(instant).replace(",", "")} your time`;
  place.hidden = local === hour.format(instant);
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = "Copied";
  });
}

for (const field of document.querySelectorAll(".dashboard-filters fieldset")) {
  field.querySelector("select, input").ariaLabel = field.querySelector("legend").textContent;
}

// Accessibility of Datasette's tables: label its fields, and make scrolling lists reachable by keyboard.
const names = { _filter_column: "Column", _filter_op: "Comparison", _filter_value: "Value", _sort: "Sort by", _search: "Search" };
for (const field of document.querySelectorAll("form.filters select, form.filters input:not([type=submit])")) {
  const name = names[field.name.replace(/_\d+$/, "")];
  if (name && !field.labels.length) field.ariaLabel = name;
}
for (const field of document.querySelectorAll("textarea[name=sql]")) if (!field.labels.length) field.ariaLabel = "SQL";
for (const list of document.querySelectorAll("dl.column-descriptions")) list.tabIndex = 0;
