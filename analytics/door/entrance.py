"""The page at the door: where people sign in, set up a passkey or sign out, in the house's look and language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from analytics.door.passkeys import NAME as PRODUCT
from analytics.door.speech import house_style
from analytics.figures.drawing.style import Palette, Style
from analytics.figures.paper.fonts import font_faces
from analytics.language.notation import is_right_to_left
from analytics.language.said import noted, speech, spoken

PLACE, OUT = "/sign-in", "/sign-out"
SCRIPT, LOOK, LOGO = f"{PLACE}/passkeys.js", f"{PLACE}/look.css", f"{PLACE}/logo"
OPENID = f"{PLACE}/oidc"
PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}

SIGN_IN, ENROL = noted("Sign in"), noted("Enrol a passkey")
WHOM, SHOWN_BY_SCRIPT = noted("For {address}, at {newsroom}"), "{address}"
"""Whom a link is for only its secret tells, which stands behind the # and comes to no server with the page."""
TROUBLES = {
    "cancelled": noted("The passkey was not used: try again."),
    "failed": noted("That did not work here: try again, or use another browser."),
    "silent": noted("The server does not answer. Look at your connection and try again."),
    "unable": noted("This browser cannot use passkeys here. Take a current Chrome, Edge, Firefox or Safari."),
    "elsewhere": noted("Passkeys work only at {address}. Open this page there."),
    "cut": noted("This link is not whole. Copy it once more, up to its last letter."),
    "known": noted("This device has a passkey for you already. Sign in with it."),
}
"""What the script says, by the name that it knows: what went wrong and what to do."""


def entrance_page(fault: str, *parts: str, origin: str = "") -> str:
    """The page with these parts, in the language that is being spoken.

    Args:
        fault: why somebody was not let in; empty where nobody was refused.
        origin: the one address at which passkeys work.
    """
    language, style = speech().language, house_style()
    house = style.name if style is not None else PRODUCT
    logo = f'<img src="{LOGO}" alt="" width="40" height="40">' if style is not None and style.logo else ""
    texts = " ".join(f'data-{name}="{said(sentence)}"' for name, sentence in TROUBLES.items())
    return (
        f'<!DOCTYPE html><html lang="{language}" dir="{"rtl" if is_right_to_left(language) else "ltr"}">'
        f'<meta charset="utf-8"><title>{plain(house)}: {said(noted("sign in"))}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<meta name="origin" content="{plain(origin)}"><link rel="icon" href="{LOGO if logo else "data:,"}">'
        f'<link rel="stylesheet" href="{LOOK}">'
        f'<body><main><header>{logo}<p dir="auto">{plain(house)}</p></header>'
        f'{parts[0]}<p role="alert" id="status" {texts}>{plain(fault)}</p>{"".join(parts[1:])}</main>'
        f'<script src="{SCRIPT}"></script></body></html>'
    )


def invitation() -> tuple[str, ...]:
    """The parts of the page that a link opens: for whom it is, and the button that sets up a passkey."""
    whom = spoken(WHOM, address=SHOWN_BY_SCRIPT, newsroom=_house_name())
    return (
        f'<h1>{said(ENROL)}</h1><p id="whom" data-whom="{plain(whom)}"></p>',
        f'<p><button id="enrol" class="first">{said(ENROL)}</button></p>',
        f"<p>{said(noted('Your device asks for your finger, your face or its code.'))}</p>",
        f'<p class="aside"><a href="{PLACE}">{said(noted("I have a passkey: sign in"))}</a></p>',
        _without_script(),
    )


def welcome(address: str) -> tuple[str, ...]:
    """The parts for whoever is signed in."""
    return (
        f'<h1>{said(noted("Signed in"))}</h1><p dir="auto">{plain(address)}</p>',
        f'<p><a class="first" href="/">{said(noted("To the newsroom"))}</a></p>',
        f'<form method="post" action="{OUT}"><button>{said(noted("Sign out"))}</button></form>',
    )


def ways_of_signing_in(ways: tuple[str, ...], *, refused: bool = False) -> tuple[str, ...]:
    """The parts for whoever is not: a button for each way in, and whom to ask.

    Args:
        refused: there is a reason why not already, which the page says.
    """
    parts = [f"<h1>{said(SIGN_IN)}</h1>"]
    if "oidc" in ways:
        own = said(noted("Sign in with your newsroom’s account"))
        parts.append(f'<p><a id="oidc" class="first" href="{OPENID}">{own}</a></p>')
    if "passkeys" in ways:
        kind = "" if "oidc" in ways else ' class="first"'
        parts += [
            f'<p><button id="sign-in"{kind}>{said(noted("Sign in with a passkey"))}</button></p>',
            f'<p class="aside">{said(noted("No passkey yet, or lost it? Ask an admin for a link."))}</p>',
            _without_script(),
        ]
    elif "oidc" not in ways and not refused:
        own = noted("Nobody is signed in here. Come in through your newsroom's own sign-in.")
        parts.append(f"<p>{said(own)}</p>")
    return tuple(parts)


def _without_script() -> str:
    return f"<noscript><p>{said(noted('Passkeys need JavaScript. Turn it on for this page.'))}</p></noscript>"


def _house_name() -> str:
    style = house_style()
    return style.name if style is not None else PRODUCT


def said(sentence: str) -> str:
    """A sentence in the language that is being spoken, as it stands in a page."""
    return plain(spoken(sentence))


def plain(text: str) -> str:
    """A text as it stands in a page, in quotes too.

    Example:
        >>> plain('<a href="x">')
        '&lt;a href=&quot;x&quot;>'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def house_logo() -> tuple[bytes, str] | None:
    """The house's logo and its kind; None where there is none that can be read."""
    style = house_style()
    kind = None if style is None or style.logo is None else PICTURES.get(style.logo.suffix.lower())
    return None if kind is None or style is None else _picture(style.logo, kind)


def _picture(file: Path | None, kind: str) -> tuple[bytes, str] | None:
    try:
        return None if file is None else (file.read_bytes(), kind)
    except OSError:
        return None


def look() -> str:
    """The style sheet of the page, in the colours and type of the house, light and dark."""
    return _look(house_style())


@lru_cache(maxsize=4)
def _look(style: Style | None) -> str:
    if style is None:
        return f"body{{font-family:system-ui,sans-serif}}{SHAPES}"
    dark = f"@media (prefers-color-scheme: dark){{:root{{{_colours(style.dark)}}}}}"
    return (
        f"{font_faces(style.font, LATIN)}:root{{{_colours(style.light)}}}{dark}"
        f"body{{font-family:{style.font};background:var(--paper);color:var(--ink)}}{SHAPES}"
    )


def _colours(palette: Palette) -> str:
    colours = {
        "paper": palette.background, "ink": palette.ink, "muted": palette.muted, "line": palette.faint,
        "strong": palette.plus[0], "notice": palette.notice,
    }  # fmt: skip
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


LATIN = "aä"
SHAPES = """
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{font-size:1.0625rem;line-height:1.5;margin:0;min-height:100vh;min-height:100svh;display:grid;align-items:center;
  justify-items:center;padding:1.5rem 1rem}
main{width:100%;max-width:25rem;padding:2rem 2rem 1.5rem;border:1px solid var(--line,#ccc);border-radius:.75rem;
  overflow-wrap:anywhere}
header{display:flex;gap:.75rem;align-items:center;color:var(--muted);margin-bottom:1.5rem}
header p{margin:0}
header img{border-radius:.4rem;object-fit:contain}
h1{font-size:1.625rem;line-height:1.2;margin:0 0 1rem}
p,form{margin:0 0 1rem}
a{color:var(--strong)}
button,a.first{display:block;width:100%;font:inherit;font-weight:700;text-align:center;text-decoration:none;cursor:pointer;
  padding:.7rem 1rem;border-radius:.5rem;border:1px solid var(--strong,currentColor);background:transparent;
  color:var(--strong)}
.first,a.first{background:var(--strong,CanvasText);color:var(--paper,Canvas)}
button[disabled]{opacity:.6;cursor:progress}
:focus-visible{outline:3px solid var(--notice,Highlight);outline-offset:2px}
.aside{color:var(--muted);font-size:.9375rem}
#status:empty{display:none}
#status,noscript p{border-inline-start:4px solid var(--notice,currentColor);padding:.1rem 0 .1rem .75rem}
@media (max-width:30rem){body{align-items:start;padding:0}main{border:0;border-radius:0;padding:1.5rem 1rem}}
@media (forced-colors:active){button,a.first{border:1px solid ButtonText}}
"""

PASSKEYS_SCRIPT = """
const status = document.getElementById('status');
const said = status.dataset;
class Fault extends Error {}
const post = async (path, what) => {
  let answer;
  try {
    answer = await fetch(path, {method: 'POST', headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(what)});
  } catch { throw new Fault(said.silent); }
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Fault(found.fault || said.failed);
  return found;
};
const reasons = {NotAllowedError: said.cancelled, AbortError: said.cancelled, InvalidStateError: said.known};
const run = (work, button) => async () => {
  status.textContent = '';
  if (button) button.disabled = true;
  try { await work(); } catch (fault) {
    console.info(fault);
    status.textContent = fault instanceof Fault ? fault.message : reasons[fault.name] || said.failed;
  }
  if (button) button.disabled = false;
};
const origin = document.querySelector('meta[name=origin]').content;
const able = () => {
  if (origin && origin !== location.origin) throw new Fault(said.elsewhere.replace('{address}', () => origin));
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) throw new Fault(said.unable);
};
const signIn = async () => {
  able();
  const {options, state} = await post('/sign-in/options', {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({publicKey});
  await post('/sign-in/passkey', {state, credential: credential.toJSON()});
  if (location.pathname === '/sign-in') location.assign('/'); else location.reload();
};
const link = location.hash.slice(1);
const enrol = async () => {
  able();
  if (!link) throw new Fault(said.cut);
  const {options, state} = await post('/sign-in/enrol/options', {link});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({publicKey});
  await post('/sign-in/enrol/passkey', {link, state, credential: credential.toJSON()});
  location.assign('/');
};
for (const [name, work] of [['sign-in', signIn], ['enrol', enrol]]) {
  const button = document.getElementById(name);
  button?.addEventListener('click', run(work, button));
}
const provider = document.getElementById('oidc');
const here = location.pathname.startsWith('/sign-in') ? '/' : location.pathname + location.search;
if (provider) provider.href += '?to=' + encodeURIComponent(here);
const whom = document.getElementById('whom');
if (whom) run(async () => {
  able();
  if (!link) throw new Fault(said.cut);
  const {options} = await post('/sign-in/enrol/options', {link});
  whom.textContent = whom.dataset.whom.replace('{address}', () => options.user.name);
})();
"""
