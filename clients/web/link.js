// The line to the server: a WebSocket where one can be had, else long polls. Both give pages of the feed from a sequence
// number on; nothing is missed and nothing comes twice, whatever breaks. `send` tries one message once.
const wait = (ms, signal) => new Promise((go) => {
  const timer = setTimeout(go, ms);
  signal?.addEventListener('abort', () => { clearTimeout(timer); go(); }, { once: true });
});

export class Link {
  // on: { page(page), typing(name), state(connected), gone() } ; gone: this browser has begun another conversation.
  constructor(base, visitor, from, on) {
    Object.assign(this, { base, visitor, next: from, on, acks: new Map(), failures: 0, sockets: 'WebSocket' in window, connected: null });
    this.hurry = new AbortController();
    const again = () => { this.failures = Math.min(this.failures, 1); this.hurry.abort(); this.hurry = new AbortController(); };
    addEventListener('online', again);
    addEventListener('offline', () => { this.abort?.abort(); this.socket?.close(); this.tell(false); });
    document.addEventListener('visibilitychange', () => { if (!document.hidden) again(); });
    this.run();
  }

  url(what, query = '') { return `${this.base}/${what}?as=${this.visitor}${query}`; }

  tell(connected) {
    if (this.connected === connected) return;
    this.connected = connected;
    this.on.state(connected);
  }

  async run() {
    // Two sockets in a row that did not even open, while polls work: something between us takes none. Once in a while they
    // are tried again.
    let unopened = 0;
    let notBefore = 0;
    for (;;) {
      // Without any network nothing can come of it; now and then it is tried all the same.
      if (!navigator.onLine) { this.tell(false); await wait(30000, this.hurry.signal); }
      const socket = this.sockets && Date.now() >= notBefore;
      const worked = socket ? await this.overSocket() : await this.overPoll();
      if (this.stopped) return;
      if (worked) { this.failures = 0; if (socket) unopened = 0; continue; }
      if (socket && await this.overPoll(0)) {
        unopened += 1;
        this.failures = 0;
        if (unopened >= 2) notBefore = Date.now() + 120000;
        continue;
      }
      if (this.stopped) return;
      this.tell(false);
      // Everybody comes back after a restart, but not all at once.
      await wait(Math.min(500 * 2 ** this.failures++, 15000) * (0.5 + Math.random()), this.hurry.signal);
    }
  }

  take(page) {
    this.next = Math.max(this.next, page.next);
    this.tell(true);
    this.on.page(page);
  }

  // True when it was open for a while.
  overSocket() {
    return new Promise((done) => {
      const address = new URL(this.url('socket', `&from=${this.next}`), location.href);
      address.protocol = address.protocol.replace('http', 'ws');
      let opened = false;
      const socket = new WebSocket(address);
      const patience = setTimeout(() => { if (!opened) socket.close(); }, 8000);
      socket.onopen = () => { opened = true; this.socket = socket; this.tell(true); };
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.ack) this.acks.get(message.ack.id)?.(message.ack);
        else if ('typing' in message) this.on.typing(message.typing);
        else this.take(message);
      };
      socket.onclose = () => {
        clearTimeout(patience);
        if (this.socket === socket) this.socket = null;
        for (const give of this.acks.values()) give(null);
        if (opened) this.tell(false);
        done(opened);
      };
    });
  }

  async overPoll(seconds = 25) {
    this.abort = new AbortController();
    const timer = setTimeout(() => this.abort.abort(), (seconds + 10) * 1000);
    try {
      const got = await fetch(this.url('feed', `&from=${this.next}&wait=${this.connected ? seconds : 0}`), { signal: this.abort.signal });
      if (got.status === 403 || got.status === 409) { this.stopped = true; this.on.gone(got.status); return false; }
      if (!got.ok) return false;
      this.take(await got.json());
      return true;
    } catch { return false; } finally { clearTimeout(timer); }
  }

  // The acknowledgement, or null when none came: then it may have arrived or not, and is sent again with the same id.
  async send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) {
      const ack = new Promise((give) => this.acks.set(message.id, give));
      this.socket.send(JSON.stringify({ say: message }));
      const got = await Promise.race([ack, wait(8000).then(() => null)]);
      this.acks.delete(message.id);
      return got;
    }
    return this.post('messages', message);
  }

  // Worth nothing later: goes over an open socket or not at all.
  typing() { if (this.socket?.readyState === WebSocket.OPEN) this.socket.send('{"typing":true}'); }

  async post(what, body) {
    try {
      const got = await fetch(this.url(what), {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(12000),
      });
      if (what !== 'sign-in' && (got.status === 403 || got.status === 409)) this.on.gone(got.status);
      return await got.json();
    } catch { return null; }
  }
}
