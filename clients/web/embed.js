// One line on any site:  <script async src="https://…/embed.js" data-tenant="demo"></script>
// A button in a shadow root, and the conversation in a frame of our own origin: neither the site's styles nor its scripts
// reach it.
(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const tenant = script.dataset.tenant || '';
  if (!/^[a-z0-9_-]{1,40}$/.test(tenant)) { console.error('steward: data-tenant names no tenant'); return; }
  const label = script.dataset.label || 'Chat';
  const key = `steward.opened.${tenant}`;
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const theme = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${origin}/t/${tenant}/theme.css` });
  root.append(theme);
  // What is important in here stands above whatever the site says of its own elements, important or not.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial !important; position: fixed !important; inset-block-end: 1rem !important; inset-inline-end: 1rem !important; z-index: 2147483000 !important; }
    button { all: unset; box-sizing: border-box; display: flex; align-items: center; justify-content: center; inline-size: 56px; block-size: 56px; border-radius: 28px;
      background: var(--steward-accent, #2f5d50); color: var(--steward-on-accent, #fff); cursor: pointer; box-shadow: 0 4px 16px #0005; margin-inline-start: auto; position: relative; }
    button:focus-visible { outline: 3px solid currentColor; outline-offset: -6px; }
    svg { inline-size: 28px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 22px; block-size: 22px; box-sizing: border-box; padding-inline: 5px; border-radius: 11px;
      background: #b3261e; color: #fff; font: 600 13px/22px system-ui, sans-serif; text-align: center; }
    iframe { display: block; border: 0; border-radius: 16px; inline-size: min(400px, calc(100vw - 2rem)); block-size: min(640px, calc(100dvh - 7rem)); margin-block-end: .75rem;
      box-shadow: 0 8px 40px #0005; background: Canvas; color-scheme: light dark; }
    [hidden] { display: none; }
    @media (max-width: 480px) { :host([open]) { inset: 0 !important; display: flex !important; flex-direction: column !important; } :host([open]) iframe { flex: 1; inline-size: 100%; border-radius: 0; margin: 0; }
      :host([open]) button { border-radius: 0; inline-size: 100%; block-size: 44px; box-shadow: none; } }`);
  root.adoptedStyleSheets = [sheet];
  const svg = (d) => {
    const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    s.setAttribute('viewBox', '0 0 24 24');
    s.setAttribute('aria-hidden', 'true');
    const p = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    p.setAttribute('d', d);
    s.append(p);
    return s;
  };
  const button = document.createElement('button');
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.hidden = true;
  let frame = null;
  let open = false;
  let ready = false; // the page in the frame listens
  let who = null; // a token, or a function that fetches one
  let leaving = false;

  const post = (what) => frame?.contentWindow?.postMessage(what, origin);
  const passToken = async () => {
    try {
      const token = typeof who === 'function' ? await who() : who;
      if (typeof token === 'string' && token) post({ steward: 'identify', token });
    } catch (e) { console.error('steward: no token for this customer', e); }
  };
  const tell = () => frame?.contentWindow?.postMessage({ steward: open ? 'shown' : 'hidden' }, origin);
  const draw = (unread = 0) => {
    button.setAttribute('aria-label', unread ? `${label} (${unread})` : label);
    button.setAttribute('aria-expanded', open);
    button.replaceChildren(svg(open ? 'M6 6l12 12M18 6L6 18' : 'M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z'), badge);
    badge.hidden = !unread;
    badge.textContent = unread;
  };
  const load = () => {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = label;
    frame.src = `${origin}/t/${tenant}`;
    frame.hidden = true;
    frame.addEventListener('load', tell);
    ready = false;
    root.insertBefore(frame, button);
  };
  button.addEventListener('click', () => {
    load();
    open = !open;
    frame.hidden = !open;
    host.toggleAttribute('open', open);
    try { localStorage.setItem(key, '1'); } catch { /* asked for anew next time */ }
    draw();
    tell();
  });
  addEventListener('message', (e) => {
    if (e.origin !== origin || e.source !== frame?.contentWindow) return;
    const { steward, n, signed, why } = e.data || {};
    if (steward === 'unread' && Number.isInteger(n) && !open) draw(Math.min(n, 99));
    else if (steward === 'ready') {
      ready = true;
      if (leaving && signed) post({ steward: 'forget' });
      else if (who) passToken();
      leaving = false;
    } else if (steward === 'expiring') { if (typeof who === 'function') passToken(); }
    else if (steward === 'refused') console.error(`steward: ${why}`);
  });
  // The customer whom the site knows: a token that its server signed, or better a function that fetches one.
  window.Steward = {
    identify(token) { who = token; leaving = false; if (ready) passToken(); },
    forget() { who = null; load(); if (ready) post({ steward: 'forget' }); else leaving = true; },
  };
  if (script.dataset.token) who = script.dataset.token;
  else if (script.dataset.token === '') leaving = true; // the site says: nobody is signed in here
  draw();
  root.append(button);
  const attach = () => {
    document.body.append(host);
    try { if (localStorage.getItem(key)) load(); } catch { /* no badge, then */ }
  };
  if (document.body) attach();
  else addEventListener('DOMContentLoaded', attach);
})();
