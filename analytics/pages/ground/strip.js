// The topline of a survey in one bar, and below it what had no room in it. What is written is text, never markup.
export default function ({ parentElement, data }) {
  const strip = parentElement.querySelector(".strip"), below = parentElement.querySelector(".below");
  const text = (name, words) => {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = words;
    return made;
  };
  strip.setAttribute("aria-label", data.words);
  strip.replaceChildren(...data.parts.map((part) => {
    const bar = text("part", ""), inside = text("inside", "");
    bar.style.flexGrow = part.share;
    bar.style.background = part.fill;
    bar.style.color = part.ink;
    bar.title = `${part.name} ${part.number}`;
    inside.append(text(part.size, part.name), text("number", part.number));
    bar.append(inside);
    return bar;
  }));
  const isCut = (bar) => {
    const name = bar.firstChild.firstChild;
    return name.offsetWidth === 0 || name.scrollWidth > name.offsetWidth + 1;
  };
  // A sample of its colour tells which part a name is of.
  const fill = () => {
    const left = data.parts.filter((_, at) => isCut(strip.children[at]));
    below.replaceChildren(...left.map((part) => {
      const one = text("one", ""), colour = text("colour", "");
      colour.style.background = part.fill;
      one.append(colour, text("", `${part.name} ${part.number}`));
      return one;
    }));
  };
  const seen = new ResizeObserver(fill);
  seen.observe(strip);
  fill();
  return () => seen.disconnect();
}
