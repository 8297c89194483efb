// Draws the charts that the page holds as data, without evaluating code or adding styles: the policy of the site allows
// neither. The styles of menus and tooltips are in site.css.

const shown = JSON.parse(document.getElementById("charts").textContent);
const embed = window.vegaEmbed;
const options = { ast: true, defaultStyle: false, forceActionsMenu: true, tooltip: { disableDefaultStyle: true } };
window.vegaEmbed = (place, specification) => embed(place, specification, options);

for (const [slug, chart] of Object.entries(shown.charts)) {
  renderChart(slug, chart, shown.query, shown.url, shown.whole);
}
if (shown.refresh) autorefresh(shown.refresh);
