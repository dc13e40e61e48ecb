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
    const seen = document.createElement("div"), receipt = document.createElement("a");
    receipt.className = "small";
    receipt.target = "_blank";
    receipt.rel = "noreferrer";
    receipt.textContent = texts.receipt;
    receipt.hidden = true;
    status.after(seen, receipt, change);
    status.tabIndex = -1;
    let answer = null, tries = 0, timer = 0, sending = false;

    const kept = () => {
      try {
        return JSON.parse(strict ? null : localStorage.getItem(name));
      } catch { return null; } // no store, no earlier answer
    };
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
    const thank = () => {
      say(texts.thanks);
      change.hidden = false;
      receipt.hidden = !answer.receipt;
      if (answer.receipt) receipt.href = new URL(answer.receipt, form.action);
      if (answer.proof) prove(answer.proof);
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
          credentials: "omit", keepalive: true, signal: AbortSignal.timeout?.(30000),
        });
      } catch { /* no way there, or no answer: try again */ }
      sending = false;
      if (response?.status === 201) {
        const done = await response.json().catch(() => ({}));
        keep({ ...answer, sent: true, receipt: done.receipt, proof: done.proof });
        tries = 0;
        seen.innerHTML = done.results ?? "";
        thank();
      } else if (response && response.status < 500 && response.status !== 408 && response.status !== 429) {
        const said = await response.json().catch(() => ({}));
        keep(null);
        form.elements.id?.remove(); // what was withdrawn is not taken again: the next answer is another one
        show(true);
        say(texts.refused + " " + (said.error ?? ""));
      } else {
        const asked = Number(response?.headers.get("Retry-After")) || 0;
        again(Math.max(asked, pauses[Math.min(tries++, pauses.length - 1)]));
      }
    }

    // A second's work, asked of browsers whose network sent an answer before: a script that sends thousands pays for each.
    const prove = async ({ salt, challenge, most }) => {
      const start = parseInt(challenge.slice(0, 8), 16), coder = new TextEncoder(), many = 500;
      for (let first = 0; first < most && crypto.subtle; first += many) {
        const digests = await Promise.all(
          Array.from({ length: many }, (_, n) => crypto.subtle.digest("SHA-256", coder.encode(salt + (first + n)))),
        );
        const at = digests.findIndex((digest) => new DataView(digest).getUint32(0) === start);
        if (at < 0) continue;
        const body = new URLSearchParams({ salt, number: first + at });
        for (let tries = 0; tries < 5; tries++) {
          const sent = await fetch(new URL("proofs", form.action), {
            method: "POST", body, credentials: "omit", keepalive: true,
          }).catch(() => null);
          if (sent && sent.status < 500) return keep({ ...answer, proof: undefined });
          await new Promise((go) => setTimeout(go, 1000 * pauses[tries]));
        }
        return;
      }
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(form);
      if (![...data].some(([key, value]) => /^(question|text)\./.test(key) && value.trim())) {
        say(texts.choose);
        form.querySelector("input:not([type=hidden]),textarea").focus();
        return;
      }
      answer = kept() ?? answer; // another tab may have answered meanwhile: this is its change then
      data.set("id", answer?.id ?? data.get("id") ?? crypto.randomUUID?.() ?? random());
      data.set("version", (answer?.version ?? 0) + 1);
      const host = form.getRootNode().host, word = host && (host.account ?? host.getAttribute("account"));
      if (word) data.set("account", word); // the paper's account system vouches for its reader
      const body = new URLSearchParams([...data].filter(([, value]) => value !== "")).toString();
      keep({ id: data.get("id"), version: Number(data.get("version")), body, sent: false });
      say(texts.sending);
      show(false);
      status.focus();
      send();
    });
    change.addEventListener("click", () => {
      seen.textContent = "";
      change.hidden = receipt.hidden = true;
      say("");
      show(true);
      (form.querySelector("input:checked") ?? button).focus();
    });
    addEventListener("online", send);

    answer = kept();
    if (!answer) return;
    restore();
    show(false);
    if (answer.sent) thank();
    else send();
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
        const where = new URL("forms/" + encodeURIComponent(this.getAttribute("survey")), home);
        for (const name of ["placement", "article"]) if (this.getAttribute(name)) where.searchParams.set(name, this.getAttribute(name));
        const found = await fetch(where, { credentials: "omit" });
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
