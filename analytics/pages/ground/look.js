// Colours of the theme for our styles; a way past the controls; icons that are pictures and not words.
export default function ({ parentElement, data }) {
  const root = document.documentElement, theme = getComputedStyle(parentElement);
  const told = (name) => theme.getPropertyValue(`--st-${name}`).trim();
  root.style.setProperty("--our-link", told("link-color"));
  root.style.setProperty("--our-ground", told("background-color"));
  root.style.setProperty("--our-quiet", `color-mix(in srgb, ${told("text-color")} 74%, ${told("background-color")})`);
  let skip = document.querySelector(".our-skip");
  if (!skip) {
    skip = document.createElement("a");
    skip.className = "our-skip";
    skip.addEventListener("click", (event) => {
      event.preventDefault();
      const main = document.querySelector("[data-testid=stMain]");
      const found = [...main.querySelectorAll(data.results)].find((one) => one.offsetParent !== null) || main;
      found.tabIndex = -1;
      found.scrollIntoView({ block: "start" });
      found.focus({ preventScroll: true });
    });
    const way = document.createElement("nav");
    way.append(skip);
    document.body.prepend(way);
  }
  skip.textContent = data.skip;
  skip.parentElement.setAttribute("aria-label", data.skip);
  const fold = () => {  // once, where it would leave figures too little room; who opens it keeps it open
    const way = document.querySelector("[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarCollapseButton] button");
    if (window.ourFolded || !way) return;
    window.ourFolded = true;
    if (window.innerWidth < data.wide) way.click();
  };
  const silence = () => {
    fold();
    const own = document.querySelector("[data-testid=stSkipToContent]");
    if (own && own.textContent !== data.content) own.textContent = data.content;
    ourFigures(data.marks);
    const main = document.querySelector("[data-testid=stMain]");
    if (main) main.id ||= "our-main";
    if (main) skip.setAttribute("href", `#${main.id}`);
    for (const one of document.querySelectorAll("[data-testid=stVerticalBlock][overflow=auto]:not([tabindex])")) one.tabIndex = 0;
    for (const icon of document.querySelectorAll("[data-testid=stIconMaterial]:not([aria-hidden])")) {
      icon.setAttribute("aria-hidden", "true");
      const button = icon.closest("button, a");
      const words = button && [...button.querySelectorAll("p, span, div")].some(
        (one) => one !== icon && !one.contains(icon) && !icon.contains(one) && one.textContent.trim(),
      );
      if (button && !words && !button.getAttribute("aria-label") && !button.title)
        button.setAttribute("aria-label", data.icons[icon.textContent.trim()] || data.icons.other);
    }
  };
  silence();
  const watch = new MutationObserver(silence);
  watch.observe(document.body, { childList: true, subtree: true });
  return () => watch.disconnect();
}
