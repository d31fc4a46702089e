/* Draws the charts of reports from data the page carries in <script type="application/json">.

   <div data-chart="radar" data-source="radar-data"></div> is drawn from #radar-data. Every chart has
   its values in a table beside it, so a page without scripts, or without ECharts, loses nothing. */
"use strict";

(function () {
  // Each at least 3:1 on white; lines differ by dash and marker as well as by colour.
  const STYLE = {
    own: { color: "#12436d", width: 3, type: "solid", symbol: "circle", size: 9 },
    cohort: { color: "#5b6675", width: 2, type: "dashed", symbol: "rect", size: 7 },
    target: { color: "#b94a10", width: 2, type: "dotted", symbol: "triangle", size: 9 },
  };
  const INK = "#1f2a37";

  function wrap(text, length) {
    // Chinese breaks anywhere, Latin between words.
    if (/[\u4e00-\u9fff]/.test(text)) return text.replace(new RegExp(`(.{${length}})(?=.)`, "g"), "$1\n");
    return text.split(" ").reduce((lines, word) => {
      const last = lines[lines.length - 1];
      if (last && (last + " " + word).length <= length * 2) lines[lines.length - 1] = last + " " + word;
      else lines.push(word);
      return lines;
    }, []).join("\n");
  }

  function radarSeries(item) {
    const style = STYLE[item.role];
    return {
      name: item.name,
      value: item.values,
      symbol: style.symbol,
      symbolSize: style.size,
      itemStyle: { color: style.color },
      lineStyle: { color: style.color, width: style.width, type: style.type },
    };
  }

  function radar(data, narrow) {
    return {
      animation: false,
      // Named, not inherited: ECharts measures its texts on a canvas of its own.
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: INK },
      legend: { top: 0, itemGap: 28, data: data.series.map((item) => ({ name: item.name, icon: STYLE[item.role].symbol })), textStyle: { color: INK } },
      radar: {
        center: ["50%", "55%"],
        radius: narrow ? "42%" : "60%",
        startAngle: 90,
        clockwise: true,
        indicator: data.axes.map((name) => ({ name: wrap(name, narrow ? 6 : 9), min: 0, max: 100 })),
        axisName: { color: INK, fontSize: narrow ? 11 : 13, lineHeight: narrow ? 14 : 17 },
        splitNumber: 4,
        splitArea: { show: false },
        splitLine: { lineStyle: { color: "#aab3bf" } },
        axisLine: { lineStyle: { color: "#aab3bf" } },
      },
      series: [{ type: "radar", data: data.series.map(radarSeries) }],
    };
  }

  const DRAW = { radar };

  function start(box) {
    const data = JSON.parse(document.getElementById(box.dataset.source).textContent);
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    const draw = () => chart.setOption(DRAW[box.dataset.chart](data, box.clientWidth < 460), true);
    draw();
    document.fonts.ready.then(draw); // texts were measured in the fallback font until now
    new ResizeObserver(() => { chart.resize(); draw(); }).observe(box);
  }

  function openDetails(id) {
    const details = document.getElementById(id);
    if (!details) return;
    details.open = true;
    details.querySelector("summary").focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-opens]");
    if (link) openDetails(link.dataset.opens);
  });
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("main details").forEach((details) => { details.open = true; });
  });
  if (location.hash === "#why") openDetails("why");
  if (window.echarts) document.querySelectorAll("[data-chart]").forEach(start);
})();
