/* Draws an indicator's figures over time from the JSON the page carries.

   <div class="chart" data-series="chart-1-data"></div> is drawn from #chart-1-data. Every value
   stands in the table below it, so a page without scripts, or without ECharts, loses nothing. */
"use strict";

(function () {
  // At least 3:1 on white; areas differ by dash and marker as well as by colour.
  const LOOKS = [
    { color: "#12436d", type: "solid", symbol: "circle" },
    { color: "#b94a10", type: "dashed", symbol: "rect" },
    { color: "#1a7f78", type: "dotted", symbol: "triangle" },
    { color: "#801650", type: [12, 4, 2, 4], symbol: "roundRect" },
  ];
  const INK = "#1f2a37";
  const GRID = "#d5dae1";

  // A range is drawn as its two ends.
  const ends = (point) => [point.y, point.high].filter((y) => y !== null).map((y) => item(point, y));
  const item = (point, y) => ({ value: [point.x, y], point });

  function line(area, look, points) {
    return {
      type: "line", name: area.name, kind: "observed", data: points.flatMap(ends), symbol: look.symbol, symbolSize: 9,
      lineStyle: { color: look.color, width: 2.5, type: look.type }, itemStyle: { color: look.color },
    };
  }

  function alone(area, look, points, kind, labelled) {
    const target = kind === "target";
    return {
      type: "scatter", name: area.name, kind, data: points.flatMap(ends),
      symbol: target ? "diamond" : "emptyCircle", symbolSize: target ? 15 : 11,
      itemStyle: { color: target ? look.color : "#fff", borderColor: look.color, borderWidth: 2 },
      label: { show: labelled, position: "top", color: INK, formatter: (at) => at.data.point.shown },
      labelLayout: { hideOverlap: true },
    };
  }

  function seriesOf(data) {
    const one = data.series.length === 1;
    return data.series.flatMap((area, place) => {
      const look = LOOKS[place];
      const mark = one ? LOOKS[1] : look; // as in the table, where a target is an orange diamond
      return [
        ...area.lines.map((points) => line(area, look, points)),
        alone(area, mark, area.targets, "target", data.series.length < 3),
        alone(area, look, area.forecasts, "forecast", data.series.length < 3),
      ].filter((each) => each.data.length);
    });
  }

  function tooltip(words, unit) {
    return (at) => {
      const point = at.data.point;
      const kind = words[at.seriesKind];
      return `${at.seriesName}\n${point.period}  ${kind}  ${point.shown} ${unit}\n${point.source}`;
    };
  }

  function options(data, narrow) {
    const series = seriesOf(data);
    const years = series.flatMap((each) => each.data.map((at) => at.value[0]));
    const values = series.flatMap((each) => each.data.map((at) => at.value[1]));
    const first = Math.floor(Math.min(...years));
    const last = Math.ceil(Math.max(...years));
    const kinds = series.map((each) => each.kind);
    const tell = tooltip(data.words, data.unit);
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: INK },
      legend: {
        show: data.series.length > 1, type: "plain", top: 0, left: 0, itemGap: narrow ? 12 : 24, textStyle: { color: INK, fontSize: 13 },
        data: data.series.map((area, place) => ({ name: area.name, icon: LOOKS[place].symbol, itemStyle: { color: LOOKS[place].color } })),
      },
      grid: { left: 8, right: 28, top: data.series.length > 1 ? (narrow ? 76 : 48) : 28, bottom: 8, containLabel: true },
      tooltip: {
        trigger: "item", renderMode: "richText", confine: true,
        formatter: (at) => tell({ ...at, seriesKind: kinds[at.seriesIndex] }),
      },
      xAxis: {
        type: "value", min: first - 0.5, max: last + 0.5, interval: 1, splitLine: { show: false },
        axisLine: { lineStyle: { color: INK } }, axisTick: { show: false },
        axisLabel: { show: false },
      },
      yAxis: {
        type: "value", scale: Math.min(...values) > 0.5 * Math.max(...values),
        splitLine: { lineStyle: { color: GRID } }, axisLabel: { color: INK },
      },
      series: series.map(({ kind, ...each }) => each),
    };
  }

  // Ticks at whole years only, as many as there is room for.
  function years(option, width) {
    const first = Math.ceil(option.xAxis.min);
    const last = Math.floor(option.xAxis.max);
    const room = Math.max(2, Math.floor((width - 80) / 52));
    const step = Math.max(1, Math.ceil((last - first + 1) / room));
    const ticks = [];
    for (let year = first; year <= last; year += step) ticks.push(year);
    return { ...option, xAxis: { ...option.xAxis, axisTick: { show: true, customValues: ticks }, axisLabel: { show: true, color: INK, customValues: ticks, formatter: String } } };
  }

  function start(box) {
    const data = JSON.parse(document.getElementById(box.dataset.series).textContent);
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    const draw = () => chart.setOption(years(options(data, box.clientWidth < 460), box.clientWidth), true);
    draw();
    document.fonts.ready.then(draw); // texts were measured in the fallback font until now
    new ResizeObserver(() => { chart.resize(); draw(); }).observe(box);
  }

  if (window.echarts) document.querySelectorAll("[data-series]").forEach(start);
  else document.querySelectorAll(".figure-chart .chart").forEach((box) => { box.hidden = true; });
})();
