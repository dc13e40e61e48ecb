"use strict";
(() => {
  const figure = document.querySelector("figure");
  const chart = document.querySelector(".chart");
  const told = document.createElement("div");
  told.className = "told";
  told.hidden = true;
  told.setAttribute("role", "status");
  document.body.append(told);

  const tell = (mark, x, y) => {
    told.textContent = mark.dataset.told;
    told.hidden = false;
    const box = told.getBoundingClientRect();
    told.style.left = Math.max(4, Math.min(x + 12, innerWidth - box.width - 4)) + "px";
    told.style.top = Math.max(4, y - box.height - 10) + "px";
    choose(mark.dataset.series);
  };
  const hush = () => { told.hidden = true; choose(undefined); };
  const choose = series => {
    chart.classList.toggle("faded", series !== undefined);
    for (const mark of chart.querySelectorAll("[data-series]")) mark.classList.toggle("chosen", mark.dataset.series === series);
  };

  for (const mark of chart.querySelectorAll("[data-told]")) {
    mark.querySelector("title")?.remove();
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("aria-label", mark.dataset.told);
    mark.addEventListener("pointermove", event => tell(mark, event.clientX, event.clientY));
    mark.addEventListener("pointerdown", event => tell(mark, event.clientX, event.clientY));
    mark.addEventListener("pointerleave", hush);
    mark.addEventListener("focus", () => { const box = mark.getBoundingClientRect(); tell(mark, box.right, box.top); });
    mark.addEventListener("blur", hush);
  }
  for (const name of chart.querySelectorAll(".key [data-series]")) {
    name.addEventListener("pointerenter", () => choose(name.dataset.series));
    name.addEventListener("pointerleave", () => choose(undefined));
  }
  addEventListener("keydown", event => { if (event.key === "Escape") hush(); });

  // The page around the frame learns how high the figure is, and can fit the frame to it.
  const report = () => parent !== window && parent.postMessage(
    { type: "reader-opinion:height", figure: figure.dataset.figure, height: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
  new ResizeObserver(report).observe(document.body);
  report();
})();
