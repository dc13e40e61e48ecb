// A table of the page's own: real rows and heads, digits under digits, every cell reached by mouse and by keys.
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".sheet");
  const text = JSON.stringify(data);
  if (root.dataset.made === text) return;
  const kept = { x: root.scrollLeft, y: root.scrollTop, at: root.dataset.at, had: root.contains(focused(root)) };
  root.dataset.made = text;
  const send = (act) => setTriggerValue("act", act);
  const table = make("table", { "aria-label": data.label });
  if (data.active) table.setAttribute("role", "grid");
  const cells = []; // every cell, row by row, for the arrows
  table.append(head(data, cells, send), body(data, cells, send));
  if (data.rows.every((row) => row.name.length < 6)) table.querySelectorAll(".name").forEach((one) => one.classList.add("short"));
  root.replaceChildren(table);
  root.style.setProperty("--tallest", data.tallest || "none");
  if (data.active) arrows(root, cells, kept);
  else root.tabIndex = 0; // what scrolls can be scrolled by keys
  root.scrollLeft = kept.x;
  root.scrollTop = kept.y;
  const edge = () => root.classList.toggle("more", root.scrollLeft + root.clientWidth < root.scrollWidth - 4);
  root.onscroll = edge; // an edge that fades says that there are more columns
  if (!root.watched) root.watched = new ResizeObserver(() => root.onscroll());
  root.watched.observe(root);
  root.data = data;
  if (!root.onPaper) {
    root.onPaper = () => inParts(root);
    root.onScreen = () => { root.classList.remove("parts"); root.querySelector(".paper")?.remove(); };
    window.addEventListener("beforeprint", root.onPaper);
    window.addEventListener("afterprint", root.onScreen);
  }
  if (data.opened && !kept.at) root.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
}

// On paper a table of many columns stands in several below one another, each with the headings of its rows.
const FITS = 11, OF_WORDS = 3;

function inParts(root) {
  if (!root.isConnected) return;
  root.onScreen();
  const { data } = root, parts = [[]];
  let room = FITS;
  data.columns.forEach((column, at) => {
    const takes = column.text ? OF_WORDS : 1;
    if (room < takes) { parts.push([]); room = FITS; }
    parts[parts.length - 1].push(at);
    room -= takes;
  });
  if (parts.length < 2) return;
  const paper = make("div", { class: "paper" });
  for (const part of parts) {
    const only = (cells) => cells && part.map((at) => cells[at]);
    const some = {
      ...data, columns: part.map((at) => ({ ...data.columns[at], part: undefined })),
      rows: data.rows.map((row) => ({ ...row, part: undefined, pick: undefined, cells: only(row.cells) })),
    };
    paper.append(make("table", {}, head(some, [], () => {}), body(some, [], () => {})));
  }
  root.append(paper);
  root.classList.add("parts");
}

const focused = (root) => root.getRootNode().activeElement;

function make(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

function head(data, cells, send) {
  const section = make("thead");
  const headings = data.columns.map((column) => column.heading);
  if (headings.some(Boolean)) {
    const line = make("tr"), row = [];
    line.append(make("td", { class: "corner" }));
    row.push(line.firstChild);
    for (let at = 0; at < headings.length; ) {
      let end = at + 1;
      while (end < headings.length && headings[end] === headings[at]) end += 1;
      const column = data.columns[at];
      const cell = make(headings[at] ? "th" : "td", { colspan: end - at, ...(headings[at] && { scope: "colgroup" }) });
      cell.className = headings[at] ? "heading" : "corner";
      cell.append(headings[at]);
      if (column.part !== undefined) movable(cell, column.part, "column", data, send);
      line.append(cell);
      for (; at < end; at += 1) row.push(cell);
    }
    section.append(line);
    cells.push(row);
  }
  const line = make("tr"), row = [];
  const corner = make("th", { scope: "col", class: "corner name" }, data.corner);
  line.append(corner);
  row.push(corner);
  data.columns.forEach((column, at) => {
    const cell = make("th", { scope: "col", class: column.text ? "words" : "number" }, column.name);
    if (column.text && column.name.length > 24) cell.classList.add("long");
    if (at && column.heading !== data.columns[at - 1].heading) cell.classList.add("first");
    if (column.sorted) cell.setAttribute("aria-sort", column.sorted);
    if (column.sort !== undefined) {
      cell.classList.add("acts");
      cell.title = data.words.sort;
      cell.run = () => send({ kind: "sort", at: column.sort });
    }
    line.append(cell);
    row.push(cell);
  });
  section.append(line);
  cells.push(row);
  return section;
}

function body(data, cells, send) {
  const section = make("tbody");
  const widest = data.columns.map((_, at) => Math.max(0, ...data.rows.map((row) => (row.cells?.[at]?.mark || "").length)));
  data.rows.forEach((row) => {
    const line = make("tr", { class: row.kind });
    const name = make("th", { scope: row.kind === "head" ? "rowgroup" : "row", class: "name" }, make("span", {}, row.name));
    line.append(name);
    const listed = [name];
    if (row.part !== undefined) movable(name, row.part, "row", data, send);
    if (row.pick !== undefined) {
      name.classList.add("acts");
      line.classList.add("picks");
      line.title = data.words.open;
      name.run = () => send({ kind: "pick", at: row.pick });
      if (data.opened === row.pick) line.setAttribute("aria-selected", "true");
    }
    if (row.kind === "head") {
      name.colSpan = data.columns.length + 1;
      data.columns.forEach(() => listed.push(name));
    } else {
      row.cells.forEach((one, at) => {
        const column = data.columns[at];
        const cell = make("td", { class: column.text ? "words" : "number" });
        cell.append(make("span", { class: "value" }, one.text));
        if (widest[at]) {
          const mark = make("span", { class: "mark" }, one.mark || "");
          mark.style.minWidth = `${widest[at] + 0.6}ch`;
          cell.append(mark);
        }
        if (at && column.heading !== data.columns[at - 1].heading) cell.classList.add("first");
        if (one.tint) cell.style.background = one.tint;
        if (one.quiet) cell.classList.add("quiet");
        if (one.at !== undefined) {
          cell.classList.add("acts");
          cell.setAttribute("aria-selected", String(one.at === data.opened));
          cell.run = () => send({ kind: "cell", at: one.at });
        } else if (row.pick !== undefined) {
          cell.classList.add("acts");
          cell.run = name.run;
        }
        line.append(cell);
        listed.push(cell);
      });
    }
    section.append(line);
    cells.push(listed);
  });
  return section;
}

// A heading is taken to another place by dragging it there, or by Alt and an arrow.
function movable(cell, part, way, data, send) {
  const parts = data.order[way], place = parts.indexOf(part);
  if (place < 0 || parts.length < 2) return;
  cell.draggable = true;
  cell.classList.add("moves");
  cell.title = data.words.move;
  cell.setAttribute("aria-keyshortcuts", way === "column" ? "Alt+ArrowLeft Alt+ArrowRight" : "Alt+ArrowUp Alt+ArrowDown");
  cell.step = (key) => {
    const to = place + ({ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key] || 0);
    const fits = (way === "column") === (key === "ArrowLeft" || key === "ArrowRight");
    if (fits && to >= 0 && to < parts.length) send({ kind: "move", way, part, to });
  };
  cell.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", part);
    event.dataTransfer.effectAllowed = "move";
    cell.getRootNode().dragged = { part, way };
  });
  cell.addEventListener("dragover", (event) => {
    if (cell.getRootNode().dragged?.way === way) event.preventDefault();
  });
  cell.addEventListener("drop", (event) => {
    const dragged = cell.getRootNode().dragged;
    if (dragged?.way !== way) return;
    event.preventDefault();
    send({ kind: "move", way, part: dragged.part, to: place });
  });
}

// One stop for the Tab key; arrows walk from cell to cell, Enter and the space bar do what a click does.
function arrows(root, cells, kept) {
  const all = [...new Set(cells.flat())];
  for (const cell of all) cell.tabIndex = -1;
  const place = (cell) => {
    const row = cells.findIndex((line) => line.includes(cell));
    return [row, cells[row].indexOf(cell)];
  };
  const go = (row, column, takes = true) => {
    const line = cells[Math.min(Math.max(row, 0), cells.length - 1)];
    const cell = line[Math.min(Math.max(column, 0), line.length - 1)];
    for (const one of all) one.tabIndex = -1;
    cell.tabIndex = 0;
    root.dataset.at = JSON.stringify([row, column]);
    if (takes) cell.focus({ preventScroll: false });
  };
  const selected = all.find((cell) => cell.getAttribute("aria-selected") === "true");
  const start = kept.at ? JSON.parse(kept.at) : selected ? place(selected) : [cells.findIndex((line) => line[1]?.run), 1];
  go(Math.max(start[0], 0), start[1], kept.had);
  if (!kept.at) delete root.dataset.at;
  root.onclick = (event) => {
    const cell = event.target.closest("th, td");
    if (!cell || !all.includes(cell) || !String(root.getRootNode().getSelection?.() || "") === false) return;
    go(...place(cell));
    cell.run?.();
  };
  root.onkeydown = (event) => {
    const cell = event.target.closest("th, td");
    if (!cell) return;
    const [row, column] = place(cell), key = event.key;
    if (event.altKey && cell.step && key.startsWith("Arrow")) cell.step(key);
    else if (event.altKey || event.metaKey) return;
    else if (key === "ArrowRight") go(row, column + (cell.colSpan || 1));
    else if (key === "ArrowLeft") go(row, column - 1);
    else if (key === "ArrowDown") go(row + 1, column);
    else if (key === "ArrowUp") go(row - 1, column);
    else if (key === "Home") go(event.ctrlKey ? 0 : row, 0);
    else if (key === "End") go(event.ctrlKey ? cells.length - 1 : row, cells[row].length - 1);
    else if (key === "PageDown") go(Math.min(row + 12, cells.length - 1), column);
    else if (key === "PageUp") go(Math.max(row - 12, 0), column);
    else if ((key === "Enter" || key === " ") && cell.run) cell.run();
    else return;
    event.preventDefault();
  };
}
