/* Draws targets over time from the JSON the page carries: <div data-progress="progress-1"> from
   #progress-1. Every value stands in the table below, so a page without scripts loses nothing. */
"use strict";

(function () {
  const INK = "#1f2a37";
  const GRID = "#d5dae1";
  const LOOKS = {
    observed: { color: "#12436d", symbol: "circle", size: 9 },
    target: { color: "#b94a10", symbol: "diamond", size: 15 },
    base: { color: "#12436d", symbol: "emptyCircle", size: 9 },
    rival: { color: "#5b6675", symbol: "emptyCircle", size: 8 },
    round: { color: "#801650", symbol: "emptyRect", size: 11 },
  };

  const ends = (point, kind) => [point.y, point.high].filter((y) => y !== null).map((y) => ({ value: [point.x, y], point, kind }));

  function marks(points, kind, labelled) {
    const look = LOOKS[kind];
    return {
      type: "scatter", data: points.flatMap((point) => ends(point, kind)), symbol: look.symbol, symbolSize: look.size,
      itemStyle: { color: look.color, borderColor: look.color, borderWidth: 2 },
      label: { show: Boolean(labelled), position: "top", color: INK, formatter: (at) => at.data.point.shown },
      labelLayout: { hideOverlap: true }, z: 4,
    };
  }

  function line(points) {
    const look = LOOKS.observed;
    return {
      type: "line", data: points.flatMap((point) => ends(point, "observed")), symbol: look.symbol, symbolSize: look.size,
      lineStyle: { color: look.color, width: 2.5 }, itemStyle: { color: look.color }, z: 3,
    };
  }

  function path(points) {
    return { type: "line", data: points, symbol: "none", silent: true, lineStyle: { color: "#1a7f78", width: 2, type: "dashed" }, z: 2 };
  }

  function seriesOf(data) {
    return [
      path(data.path), ...data.lines.map(line), marks(data.base, "base"), marks(data.rivals, "rival"),
      marks(data.targets, "target", true), marks(data.rounds, "round", true),
    ].filter((each) => each.data.length);
  }

  function tell(data, at) {
    const point = at.data.point;
    const kind = data.words[at.data.kind] || data.words.observed;
    return `${point.period}  ${kind}  ${point.shown} ${data.unit}\n${point.source}`;
  }

  function options(data, width) {
    const series = seriesOf(data);
    const value = (at) => (Array.isArray(at) ? at : at.value);
    const moments = series.flatMap((each) => each.data.map((at) => value(at)[0]));
    const values = series.flatMap((each) => each.data.map((at) => value(at)[1]));
    const first = Math.floor(Math.min(...moments));
    const last = Math.ceil(Math.max(...moments));
    const room = Math.max(2, Math.floor((width - 80) / 52));
    const step = Math.max(1, Math.ceil((last - first + 1) / room));
    const ticks = [];
    for (let year = first; year <= last; year += step) ticks.push(year);
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: INK },
      grid: { left: 8, right: 28, top: 28, bottom: 8, containLabel: true },
      tooltip: { trigger: "item", renderMode: "richText", confine: true, formatter: (at) => tell(data, at) },
      xAxis: {
        type: "value", min: first - 0.5, max: last + 0.5, interval: 1, splitLine: { show: false }, axisLine: { lineStyle: { color: INK } },
        axisTick: { show: true, customValues: ticks }, axisLabel: { show: true, color: INK, customValues: ticks, formatter: String },
      },
      yAxis: { type: "value", scale: Math.min(...values) > 0.5 * Math.max(...values), splitLine: { lineStyle: { color: GRID } }, axisLabel: { color: INK } },
      series,
    };
  }

  function start(box) {
    const data = JSON.parse(document.getElementById(box.dataset.progress).textContent);
    if (!seriesOf(data).length) { box.hidden = true; return; }
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    const draw = () => chart.setOption(options(data, box.clientWidth), true);
    draw();
    document.fonts.ready.then(draw); // texts were measured in the fallback font until now
    new ResizeObserver(() => { chart.resize(); draw(); }).observe(box);
  }

  if (window.echarts) document.querySelectorAll("[data-progress]").forEach(start);
  else document.querySelectorAll("[data-progress]").forEach((box) => { box.hidden = true; });
})();
