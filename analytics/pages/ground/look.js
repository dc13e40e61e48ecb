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
  // A figure is drawn for the screen: on paper one that is wider is made smaller whole, not cut at the sheet's edge.
  const figures = () => document.querySelectorAll(".our-chart .js-plotly-plot");
  // A wording in a list is cut by its box: on paper it stands there as text.
  const wordings = () => document.querySelectorAll(".st-key-question [data-testid=stSelectbox]");
  // A high one is made smaller too, as far as it can be read, so that the next one follows on the same sheet.
  const onPaper = () => {
    figures().forEach((one) => {
      one.style.zoom = Math.min(1, data.sheet / one.offsetWidth, Math.max(0.78, 340 / one.offsetHeight));
    });
    wordings().forEach((one) => {
      const chosen = one.querySelector("input")?.value || one.querySelector("[value]")?.getAttribute("value");
      one.dataset.said = chosen || one.querySelector("[data-baseweb=select], [role=combobox]")?.textContent || one.innerText;
    });
  };
  const onScreen = () => figures().forEach((one) => { one.style.zoom = ""; });
  window.addEventListener("beforeprint", onPaper);
  window.addEventListener("afterprint", onScreen);
  if (!window.ourDoor) {  // once for the life of the document: whoever is signed out keeps nothing of the page
    window.ourDoor = true;
    const page = document.querySelector('script[type=module][src*="/static/js/"]');
    const asked = page && new URL("../../_stcore/host-config", page.src);
    const lost = () => {
      const state = document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-connection-state");
      return state && state !== "CONNECTED";
    };
    let asking = false;
    const look = async () => {
      if (asking || !asked || !lost()) return;
      asking = true;
      const answer = await fetch(asked, { cache: "no-store" }).catch(() => null);
      if (answer && answer.status === 401) { location.reload(); return; }  // the server shows how to sign in, right here
      setTimeout(() => { asking = false; look(); }, 2000);
    };
    new MutationObserver(look).observe(
      document.body, { subtree: true, attributes: true, attributeFilter: ["data-test-connection-state"] },
    );
  }
  silence();
  const watch = new MutationObserver(silence);
  watch.observe(document.body, { childList: true, subtree: true });
  return () => {
    watch.disconnect();
    window.removeEventListener("beforeprint", onPaper);
    window.removeEventListener("afterprint", onScreen);
  };
}
