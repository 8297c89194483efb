// What a page can only know in the reader's browser: their clock, and their clipboard. Every page works without it.

const clock = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

// Beside `data-local`, the time at the place, the reader's own is left out where the clocks agree, and short without `data-long`.
for (const place of document.querySelectorAll("[data-instant]")) {
  const instant = new Date(place.dataset.instant);
  const { local, long } = place.dataset;
  place.textContent = `${local && long === undefined ? hour.format(instant) : clock.format(instant).replace(",", "")} for you`;
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

// Datasette's tables: its fields have no names, and what scrolls cannot be reached with the keyboard.
const names = { _filter_column: "Column", _filter_op: "Comparison", _filter_value: "Value", _sort: "Sort by", _search: "Search" };
for (const field of document.querySelectorAll("form.filters select, form.filters input:not([type=submit])")) {
  const name = names[field.name.replace(/_\d+$/, "")];
  if (name && !field.labels.length) field.ariaLabel = name;
}
for (const field of document.querySelectorAll("textarea[name=sql]")) if (!field.labels.length) field.ariaLabel = "SQL";
for (const list of document.querySelectorAll("dl.column-descriptions")) list.tabIndex = 0;
