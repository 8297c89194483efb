// Draws the charts that the page holds as data, without evaluating code: the policy of the site allows none.

const shown = JSON.parse(document.getElementById("charts").textContent);
const embed = window.vegaEmbed;
window.vegaEmbed = (place, specification, options) => embed(place, specification, { ...options, ast: true });

for (const [slug, chart] of Object.entries(shown.charts)) {
  renderChart(slug, chart, shown.query, shown.url, shown.whole);
}
if (shown.refresh) autorefresh(shown.refresh);
