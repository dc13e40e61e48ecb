// A figure in its place of the page: the place is kept, and Plotly draws into it what has become another figure.
const loading = {};

function library(name) {
  loading[name] ||= import(`./${name}`).then(() => window.Plotly);
  loading[name].catch(() => { delete loading[name]; });  // the next figure asks anew
  return loading[name];
}

function fonts(layout) {
  // Letters are measured when a figure is drawn: in the font that it names, if that comes soon.
  const { family = "sans-serif", size = 12 } = layout.font || {};
  const late = new Promise((done) => { setTimeout(done, 1500); });
  return Promise.race([document.fonts.load(`${size}px ${family}`), late]).catch(() => {});
}

function begin(place) {
  const plot = document.createElement("div");
  place.replaceChildren(plot);
  let told = {}, send = () => {}, plotly = null, drawn = "", width = 0, later = 0;

  const busy = (still) => place.setAttribute("aria-busy", still);

  const draw = () => {
    const room = place.clientWidth;
    if (!plotly || !room || (drawn === told.spec && room === width)) return;
    const spec = JSON.parse(told.spec), begun = Boolean(drawn);
    drawn = told.spec;
    width = room;
    plotly.react(plot, spec.data, { ...spec.layout, width }, told.config).then(() => busy(drawn !== told.spec));
    if (!begun) listen();
  };

  const again = () => {  // takes back what was marked by picking it
    drawn = "";
    plotly.react(plot, [], {}, told.config);
    draw();
  };

  const listen = () => {
    plot.on("plotly_click", ({ points }) => {
      if (told.pick === "points") send({ points: points.map((one) => [one.curveNumber, one.pointNumber ?? one.pointIndex]) });
    });
    plot.on("plotly_selected", (event) => {
      if (told.pick !== "box" || !event?.range?.x) return;
      send({ stretch: event.range.x.map(String) });
      setTimeout(again, 0);
    });
  };

  const watch = new ResizeObserver(() => {
    clearTimeout(later);
    if (width) later = setTimeout(draw, 60);  // a sidebar that slides away changes the width at every frame
    else draw();
  });
  watch.observe(place);

  return {
    async show(data, sender) {
      send = sender;
      if (told.spec === data.spec && drawn) return;
      told = data;
      busy(true);
      if (!plotly) {
        const { layout } = JSON.parse(data.spec);
        if (layout.height) place.style.minHeight = `${layout.height}px`;  // nothing below jumps when it comes
        const [found] = await Promise.all([library(data.library), fonts(layout)]);
        plotly = found;
      }
      place.style.minHeight = "";
      draw();
    },
    end() {
      watch.disconnect();
      clearTimeout(later);
      if (plotly) plotly.purge(plot);
    },
  };
}

export default async function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".our-chart");
  place.setAttribute("aria-label", data.alt);
  place.chart ||= begin(place);
  const { chart } = place;
  chart.show(data, (picked) => setTriggerValue("picked", picked)).catch((fault) => {
    if (!place.isConnected) return;
    place.textContent = data.alt;  // what cannot be drawn is said
    place.setAttribute("aria-busy", false);
    delete place.chart;
    chart.end();
    throw fault;
  });
  return () => { if (!place.isConnected) chart.end(); };
}
