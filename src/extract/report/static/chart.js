// Draws the charts of a page. Vega's interpreter stands in for eval, which the page's policy forbids.
"use strict";

function chartColours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const text = { labelColor: colour("--fg"), titleColor: colour("--fg"), labelFontSize: 12, titleFontSize: 12 };
  return {
    background: "transparent",
    font: "system-ui, sans-serif",
    view: { stroke: colour("--line") },
    axis: { ...text, gridColor: colour("--line"), domainColor: colour("--soft"), tickColor: colour("--soft"), gridOpacity: 0.6 },
    legend: text,
    text: { color: colour("--fg") },
  };
}

function drawCharts() {
  document.querySelectorAll(".vega").forEach((place) => {
    const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
    spec.config = chartColours();
    const room = place.parentElement.clientWidth;
    if (typeof spec.width === "number" && spec.width + 90 > room) spec.width = Math.max(220, room - 90);
    window.vegaEmbed(place, spec, {
      ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true },
    }).then(() => place.setAttribute("data-drawn", ""), (error) => { place.textContent = `The chart cannot be drawn: ${error.message}`; });
  });
}

drawCharts();
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
