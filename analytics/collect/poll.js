// Readers answer under an article. Nothing is stored before they send; they are thanked when the answer is safe.
(() => {
  const style = "STYLE", pauses = [2, 4, 8, 15, 30, 60];
  const home = document.currentScript.src;

  function enhance(form, strict) {
    const texts = JSON.parse(form.dataset.texts), name = "reader-poll:" + form.dataset.survey;
    const status = form.querySelector("[role=status]"), button = form.querySelector("button");
    const fields = [...form.querySelectorAll("fieldset,details,form>label")];
    const change = document.createElement("button");
    change.type = "button";
    change.className = "quiet";
    change.textContent = texts.change;
    change.hidden = true;
    status.after(change);
    status.tabIndex = -1;
    let answer = null, tries = 0, timer = 0, sending = false;

    const keep = (value) => {
      answer = value;
      if (strict) return;
      try {
        value ? localStorage.setItem(name, JSON.stringify(value)) : localStorage.removeItem(name);
      } catch { /* a browser that stores nothing: the answer is kept as long as the page is open */ }
    };
    const say = (sentence) => { status.textContent = sentence; };
    const show = (asking) => {
      for (const field of [...fields, button]) field.hidden = !asking;
    };
    const restore = () => {
      for (const [key, value] of new URLSearchParams(answer.body))
        for (const field of form.querySelectorAll(`[name="${CSS.escape(key)}"]`))
          if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
          else if (field.type !== "hidden") field.value = value;
    };
    const again = (seconds) => {
      clearTimeout(timer);
      timer = setTimeout(send, 1000 * seconds);
      say(texts.waiting);
    };

    async function send() {
      clearTimeout(timer);
      if (sending || !answer || answer.sent) return;
      sending = true;
      const body = answer.body;
      let response = null;
      try {
        response = await fetch(form.action, {
          method: "POST", body: new URLSearchParams(body), headers: { Accept: "application/json" },
          credentials: "omit", keepalive: true,
        });
      } catch { /* no way there: try again */ }
      sending = false;
      if (response?.status === 201) {
        keep({ ...answer, sent: true });
        tries = 0;
        say(texts.thanks);
        change.hidden = false;
      } else if (response && response.status < 500 && response.status !== 408 && response.status !== 429) {
        const said = await response.json().catch(() => ({}));
        keep(null);
        show(true);
        say(texts.refused + " " + (said.error ?? ""));
      } else {
        const asked = Number(response?.headers.get("Retry-After")) || 0;
        again(Math.max(asked, pauses[Math.min(tries++, pauses.length - 1)]));
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(form);
      if (![...data].some(([key, value]) => /^(question|text)\./.test(key) && value.trim())) {
        say(texts.choose);
        form.querySelector("input:not([type=hidden]),textarea").focus();
        return;
      }
      data.set("id", answer?.id ?? data.get("id") ?? crypto.randomUUID?.() ?? random());
      data.set("version", (answer?.version ?? 0) + 1);
      const body = new URLSearchParams([...data].filter(([, value]) => value !== "")).toString();
      keep({ id: data.get("id"), version: Number(data.get("version")), body, sent: false });
      say(texts.sending);
      show(false);
      status.focus();
      send();
    });
    change.addEventListener("click", () => {
      change.hidden = true;
      say("");
      show(true);
      (form.querySelector("input:checked") ?? button).focus();
    });
    addEventListener("online", send);

    try {
      answer = JSON.parse(strict ? null : localStorage.getItem(name));
    } catch { /* no store, no earlier answer */ }
    if (!answer) return;
    restore();
    show(false);
    if (answer.sent) {
      say(texts.thanks);
      change.hidden = false;
    } else send();
  }

  const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, 0)).join("");

  class ReaderPoll extends HTMLElement {
    async connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" }), sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
      root.append(document.createElement("slot"));
      try {
        const found = await fetch(new URL("forms/" + encodeURIComponent(this.getAttribute("survey")), home), { credentials: "omit" });
        if (!found.ok) return;
        root.innerHTML = await found.text();
      } catch { return; } // what stands inside the element stays: a link to the form
      const form = root.querySelector("form");
      if (!form) return;
      form.action = new URL(form.getAttribute("action"), home);
      enhance(form, this.hasAttribute("strict"));
    }
  }

  customElements.define("reader-poll", ReaderPoll);
  document.querySelectorAll("form[data-survey]").forEach((form) => enhance(form, form.hasAttribute("data-strict")));
})();
