// Figures by keyboard: arrows go over the marks, what each says is shown and said, Enter picks as a click does.
const OUR_WAIT = 90;  // Plotly answers a pointer after 50 milliseconds at the latest

function ourMarks(plot) {
  // One mark for each value that says something under the pointer, in the order in which the figure has them.
  return (plot.calcdata || []).flatMap((values) => {
    const trace = values[0] && values[0].trace;
    if (!trace || trace.visible !== true || trace.hoverinfo === "skip" || !trace.xaxis || !trace.yaxis) return [];
    return values.flatMap((value, place) => {
      const words = value.htx ?? value.tx ?? trace.hovertext;
      const known = Number.isFinite(value.x) && Number.isFinite(value.y);
      return known && typeof words === "string" && words ? [{ trace, value, place, words: ourWords(words) }] : [];
    });
  });
}

function ourWords(text) {
  // The label's lines without their tags; parsed apart from the page, nothing in it is ever run or shown as markup.
  const told = new DOMParser().parseFromString(text.replace(/<br\s*\/?>/g, "\n"), "text/html").body.textContent;
  return told.split("\n").map((line) => line.trim()).filter(Boolean);
}

function ourPlace(plot, mark) {
  // Where the mark is in the window, and the layer of the figure that listens to the pointer there.
  const { trace, value } = mark, layout = plot._fullLayout;
  const layer = plot.querySelector(`.nsewdrag[data-subplot="${trace.xaxis}${trace.yaxis}"]`);
  const axis = (name) => layout[name.replace(/^([xy])/, "$1axis")];
  let { x, y } = value;
  if (trace.type === "bar" && trace.orientation === "h") x = (x + value.b) / 2;
  else if (trace.type === "bar") y = (y + value.b) / 2;
  const box = layer.getBoundingClientRect();
  return { layer, clientX: box.left + axis(trace.xaxis).c2p(x), clientY: box.top + axis(trace.yaxis).c2p(y) };
}

function ourPointer(kind, place, more = {}) {
  const { clientX, clientY } = place;
  return new MouseEvent(kind, { bubbles: true, cancelable: true, view: window, detail: 1, clientX, clientY, ...more });
}

function ourMet(plot, mark) {
  // Whether the figure takes the pointer to be on this very mark: it may be nearer to another one, or too small.
  const met = (plot._hoverdata || [])[0];
  return Boolean(met) && met.curveNumber === mark.trace.index && (met.pointNumber ?? met.pointIndex) === mark.value.i;
}

function ourWalk(plot, say) {
  let at = -1, later = 0;
  const label = () => plot.querySelector(".our-label");
  const leave = () => {
    clearTimeout(later);
    label()?.remove();
    for (const layer of plot.querySelectorAll(".nsewdrag")) layer.dispatchEvent(new MouseEvent("mouseout", { bubbles: true }));
  };
  const write = (mark, place) => {  // where the figure shows nothing, or the label of a mark beside it
    const box = plot.getBoundingClientRect(), own = document.createElement("div");
    own.className = "our-label";
    own.setAttribute("aria-hidden", "true");
    own.textContent = mark.words.join("\n");
    plot.append(own);
    own.style.left = `${Math.max(0, Math.min(place.clientX - box.left + 8, box.width - own.offsetWidth))}px`;
    own.style.top = `${Math.max(0, Math.min(place.clientY - box.top + 8, box.height - own.offsetHeight))}px`;
  };
  const show = (marks) => {
    const mark = marks[at], place = ourPlace(plot, mark);
    leave();
    place.layer.dispatchEvent(ourPointer("mousemove", place));
    say(`${mark.words.join(", ")} (${at + 1}/${marks.length})`);
    later = setTimeout(() => { if (!ourMet(plot, mark)) { leave(); write(mark, place); } }, OUR_WAIT);
  };
  const pick = (mark) => {
    const place = ourPlace(plot, mark);
    place.layer.dispatchEvent(ourPointer("mousemove", place));
    setTimeout(() => {
      if (!ourMet(plot, mark)) return;
      place.layer.dispatchEvent(ourPointer("mousedown", place, { buttons: 1 }));
      document.dispatchEvent(ourPointer("mouseup", place));
    }, OUR_WAIT);
  };
  plot.addEventListener("keydown", (event) => {
    if (event.target !== plot || event.altKey || event.ctrlKey || event.metaKey) return;
    const marks = ourMarks(plot), key = event.key;
    if (!marks.length) return;
    at = Math.min(at, marks.length - 1);
    const beside = (step) => {  // the same place in the next line or part that has one
      const other = marks.filter((one) => one.place === marks[Math.max(at, 0)].place);
      const now = other.indexOf(marks[Math.max(at, 0)]);
      return marks.indexOf(other[(now + step + other.length) % other.length]);
    };
    const moves = {
      ArrowRight: () => (at + 1) % marks.length, ArrowLeft: () => (Math.max(at, 0) - 1 + marks.length) % marks.length,
      ArrowDown: () => beside(1), ArrowUp: () => beside(-1), Home: () => 0, End: () => marks.length - 1,
    };
    if (moves[key]) at = moves[key](), show(marks);
    else if ((key === "Enter" || key === " ") && at >= 0) pick(marks[at]);
    else if (key === "Escape" && at >= 0) at = -1, leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  plot.addEventListener("blur", leave);
}

function ourFigures(words) {
  // Makes every figure with marks a stop of the keyboard; a figure drawn anew keeps what it has.
  let said = document.querySelector(".our-said");
  if (!said) {
    said = document.createElement("div");
    said.className = "our-said";
    said.setAttribute("role", "status");
    said.setAttribute("aria-live", "polite");
    document.body.append(said);
  }
  for (const plot of document.querySelectorAll(".js-plotly-plot:not([tabindex])")) {
    if (!ourMarks(plot).length) continue;
    plot.tabIndex = 0;
    plot.setAttribute("role", "application");
    plot.setAttribute("aria-label", words);
    ourWalk(plot, (text) => { said.textContent = text; });
  }
}
