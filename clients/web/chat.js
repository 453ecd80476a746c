// The chat: one list that shows the feed in its order, and below it what still waits to be sent. The feed is the truth; a
// message of ours counts as sent when the log has it, as answered when a reply names it.
import { drawMine, drawTheirs, whoIsThere } from './draw.js';
import { Link } from './link.js';
import { Outbox } from './outbox.js';

const $ = (id) => document.getElementById(id);
const facts = JSON.parse($('facts').textContent);
const { words } = facts;
const base = `/t/${facts.tenant}`;
const outbox = new Outbox(facts.tenant, facts.visitor);
const log = $('log');
const scroll = $('scroll');
const text = $('text');
const embedded = window.parent !== window;

const seen = new Set(); // sequence numbers that are drawn
const mine = new Map(); // id -> { row, state } of what the customer wrote
const order = ['waiting', 'sent', 'answered'];
let mode = '';
let person = 0; // a person's sign of typing holds until then
let first = true; // the history is not read out
let unread = 0;
let shown = !embedded;
let noteTimer = 0;

const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };
// What does not fit is shown from its beginning: nobody reads upwards.
const toStartOf = (row) => {
  toEnd();
  const above = scroll.getBoundingClientRect().top + 12 - row.getBoundingClientRect().top;
  if (above > 0) scroll.scrollTop -= above;
};

function note(what, seconds) {
  clearTimeout(noteTimer);
  if ($('note').textContent !== what) $('note').textContent = what;
  if (seconds) noteTimer = setTimeout(() => { $('note').textContent = ''; }, seconds * 1000);
}

function setState(id, state, detail) {
  const m = mine.get(id);
  if (!m || (state !== 'failed' && order.indexOf(state) <= order.indexOf(m.state))) return;
  m.state = state;
  m.row.dataset.state = state;
  m.row.querySelector('.state').textContent = words[state] + (detail ? `: ${detail}` : '');
}

// Only where somebody really works: the log has it, no reply names it, and a machine is to answer; or a person types.
function showTyping() {
  const machine = (mode === '' || mode === 'ai') && [...mine.values()].some((m) => m.state === 'sent');
  const pending = machine || (mode === 'person' && Date.now() < person);
  if ($('typing').hidden !== pending) return;
  const end = atEnd();
  $('typing').hidden = !pending;
  if (end) toEnd();
}

function addMine(id, words_, state) {
  const row = drawMine(words_);
  mine.set(id, { row, state: '' });
  log.append(row);
  setState(id, state);
}

// The row of a reply.
function drawItem(item) {
  if (seen.has(item.seq)) return null;
  seen.add(item.seq);
  if (item.by === 'customer') {
    outbox.done(item.id);
    if (!mine.has(item.id)) addMine(item.id, item.text, 'sent');
    const m = mine.get(item.id);
    const { row } = m;
    m.logged = true;
    row.querySelector('.written').textContent = item.text; // as it is kept: masked
    setState(item.id, 'sent');
    placeBeforeWaiting(row);
    return null;
  }
  const rated = outbox.note(`rated.${item.id}`);
  if (item.by === 'person') person = 0;
  const row = drawTheirs(item, words, rated, { rate, choose: say });
  placeBeforeWaiting(row);
  setState(item.in_reply_to, 'answered');
  if (!first && (document.hidden || !shown)) unread += 1;
  return row;
}

// What the log does not show yet stays last, in the order in which it was written; accepted or not.
function placeBeforeWaiting(row) {
  const waits = [...mine.values()].find((m) => !m.logged && m.state !== 'failed' && m.row !== row);
  if (waits) log.insertBefore(row, waits.row);
  else if (row !== log.lastElementChild) log.append(row);
}

function onPage(page) {
  const end = first || atEnd();
  if (first) log.setAttribute('aria-live', 'off');
  const replies = page.items.map(drawItem).filter(Boolean);
  if (page.mode) {
    mode = page.mode;
    const who = whoIsThere(page, words, facts.language);
    if ($('mode').textContent !== who) $('mode').textContent = who;
  }
  $('contact').hidden = !page.out_of_hours || outbox.note('contact') === 'left';
  showTyping();
  $('questions').hidden = log.childElementCount > 0;
  const fresh = first ? log.lastElementChild : replies[0];
  if (end && replies.includes(fresh)) toStartOf(fresh);
  else if (end && page.items.length) toEnd();
  tellUnread();
  // The whole history may take several pages.
  if (first && page.items.length < 100) { first = false; setTimeout(() => log.setAttribute('aria-live', 'polite'), 500); }
}

function tellUnread() {
  if (!document.hidden && shown) unread = 0;
  document.title = unread ? `(${unread}) ${facts.name}` : facts.name;
  if (embedded) window.parent.postMessage({ steward: 'unread', n: unread }, '*'); // a number, nothing else
}

// --- sending

let draining = false;
let moving = false; // signing in: what is written now goes out under the new name
async function drain() {
  if (draining || moving) return;
  draining = true;
  try {
    for (let entry; (entry = outbox.all()[0]);) {
      if (!mine.has(entry.id)) { addMine(entry.id, entry.text, 'waiting'); toEnd(); }
      const ack = await link.send({ id: entry.id, text: entry.text, language: facts.language });
      if (ack?.ok) {
        outbox.done(entry.id);
        setState(entry.id, 'sent');
        showTyping();
      } else if (ack && !ack.retry_after_ms && !['unavailable', 'timeout', 'overloaded', 'stopping', 'fenced'].includes(ack.error?.code)) {
        if (ack.error?.code === 'conflict' || ack.error?.code === 'unauthorized') return; // the page is loaded again
        outbox.done(entry.id);
        setState(entry.id, 'failed', ack.error?.message);
      } else {
        if (ack?.error?.code === 'overloaded') note(words.busy, 4);
        await new Promise((go) => { setTimeout(go, Math.min(ack?.retry_after_ms || 1000, 10000)); wake = go; });
      }
    }
  } finally { draining = false; }
}
let wake = () => {};
// One tab sends at a time, so that what two tabs wrote keeps its order; it would count once anyway.
const alone = (what) => (navigator.locks ? navigator.locks.request(`steward.${facts.tenant}`, what) : what());
const drainAlone = () => alone(drain);

function say(words_) {
  const what = words_.trim();
  if (!what) return;
  const entry = outbox.add(what);
  addMine(entry.id, what, 'waiting');
  $('questions').hidden = true;
  toEnd();
  drainAlone();
}

function rate(reply, right) {
  outbox.note(`rated.${reply}`, right ? 'yes' : 'no');
  link.post('events', { type: 'answer_rated', reply, right });
}

// --- the composer

const tooMany = () => [...text.value].length - facts.chars;
function grow() {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
  const over = tooMany();
  text.setAttribute('aria-invalid', over > 0);
  if (over > 0) note(words.too_long.replace('{n}', over));
  else if ($('note').textContent && !link.lost) note('');
  outbox.note('draft', text.value);
}
let typed = 0;
function tellTyping() {
  if (mode !== 'person' || !text.value || Date.now() - typed < 2500) return;
  typed = Date.now();
  link.typing();
}
function submit(event) {
  event.preventDefault();
  const chosen = event.submitter?.name === 'question' ? event.submitter.value : '';
  if (chosen) { say(chosen); text.focus(); return; }
  if (!text.value.trim() || tooMany() > 0) return;
  say(text.value);
  text.value = '';
  grow();
  text.focus();
}
text.addEventListener('input', grow);
text.addEventListener('input', tellTyping);
text.addEventListener('keydown', (e) => {
  // While a word is being composed, Enter takes it; Safari says so by 229 alone.
  if (e.key === 'Enter' && !e.shiftKey && !e.isComposing && e.keyCode !== 229) { e.preventDefault(); $('say').requestSubmit(); }
});
$('say').addEventListener('submit', submit);
// An address is a message like any other: whoever takes the conversation reads it there.
$('contact').addEventListener('submit', (e) => {
  e.preventDefault();
  say(words.contact_said.replace('{address}', () => $('address').value.trim()));
  outbox.note('contact', 'left');
  $('contact').hidden = true;
  text.focus();
});
$('menu').addEventListener('keydown', (e) => {
  if (e.key === 'Escape') { $('menu').open = false; $('menu').querySelector('summary').focus(); }
});
document.addEventListener('click', (e) => { if ($('menu').open && !$('menu').contains(e.target)) $('menu').open = false; });

// --- who it is: the site that frames the page names its customer by a token, and takes it back

const tellSite = (what) => { if (embedded) window.parent.postMessage(what, '*'); };
// A minute before it ends, or at half of what is short.
const renewal = () => {
  const left = facts.signed * 1000 - Date.now();
  if (facts.signed) setTimeout(() => tellSite({ steward: 'expiring' }), Math.min(Math.max(left - 60000, left / 2, 0), 2 ** 31 - 1));
};

async function identify(token) {
  await alone(async () => {
    // What was written goes to the log first, so that it comes along in its order. A customer's own goes nowhere else.
    while (!facts.signed && outbox.all().length) { await drain(); if (outbox.all().length) await pause(300); }
    moving = true;
    for (let n = 0; ; n += 1) {
      const got = await link.post('sign-in', { token });
      if (got?.ok) {
        if (got.visitor === facts.visitor) { facts.signed = got.until; renewal(); break; }
        if (!facts.signed) outbox.moveTo(got.visitor);
        return location.replace(base);
      }
      if (got?.error?.code === 'conflict') return location.replace(base); // another tab was faster
      if (got && !got.retry_after_ms && !['unavailable', 'timeout', 'stopping', 'overloaded'].includes(got.error?.code)) {
        tellSite({ steward: 'refused', why: got.error?.message || '' });
        break;
      }
      await pause(Math.min(500 * 2 ** n, 15000));
    }
    moving = false;
    setTimeout(drainAlone);
  });
}
const pause = (ms) => new Promise((go) => { setTimeout(go, ms); });

async function forget() {
  if (!facts.signed) return;
  moving = true;
  while (!(await link.post('sign-out', {}))?.ok) await pause(1000);
  location.replace(base);
}

// --- the line

const link = new Link(base, facts.visitor, 1, {
  page: onPage,
  typing() {
    person = Date.now() + 5000;
    showTyping();
    setTimeout(showTyping, 5100);
  },
  state(connected) {
    const was = link?.lost;
    if (link) link.lost = !connected;
    if (!connected) note(words.offline);
    else { if (was) note(words.reconnected, 3); wake(); drainAlone(); }
  },
  gone(status) {
    // Another conversation has begun in this browser: the page shows that one. Once only, should something be wrong.
    if (status === 409 && !sessionStorage.getItem('steward.gone')) {
      sessionStorage.setItem('steward.gone', '1');
      location.replace(location.pathname);
      return;
    }
    const a = Object.assign(document.createElement('a'), { href: base, target: '_blank', textContent: words.open });
    $('note').replaceChildren(`${words.blocked} `, a);
  },
});
sessionStorage.removeItem('steward.gone');

// What another tab wrote shows here too; it may be the one that sends it. When the chat was ended there, this tab shows it
// no longer.
const visitorKey = `steward-visitor.${facts.tenant}`;
try { localStorage.setItem(visitorKey, facts.visitor); } catch { /* one tab, then */ }
addEventListener('storage', ({ key, newValue }) => {
  if (key === visitorKey && newValue && newValue !== facts.visitor) { location.replace(base); return; }
  for (const e of outbox.all()) if (!mine.has(e.id)) addMine(e.id, e.text, 'waiting');
});
document.addEventListener('visibilitychange', tellUnread);
addEventListener('message', (e) => {
  if (e.source !== window.parent || !e.data || typeof e.data.steward !== 'string') return;
  if (e.data.steward === 'shown' || e.data.steward === 'hidden') {
    shown = e.data.steward === 'shown';
    tellUnread();
    if (shown) { toEnd(); text.focus(); }
  } else if (e.data.steward === 'identify' && typeof e.data.token === 'string') {
    identify(e.data.token);
  } else if (e.data.steward === 'forget') {
    forget();
  }
});
renewal();
tellSite({ steward: 'ready', signed: facts.signed > 0 });

for (const e of outbox.all()) addMine(e.id, e.text, 'waiting');
const draft = outbox.note('draft');
if (draft && !text.value) { text.value = draft; grow(); }
if (location.search.includes('note=')) history.replaceState(null, '', location.pathname);
document.documentElement.classList.add('ready');
