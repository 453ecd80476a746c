// What is written and not yet in the log: kept in localStorage, so that it outlives a reload, a lost network and a server
// that restarts. Each message has an id of its own, made once: sent again, it counts once. One key a message, so that two
// tabs do not overwrite each other.
export class Outbox {
  constructor(tenant, visitor) {
    this.prefix = `steward.${tenant}.`;
    this.mine = `${this.prefix}${visitor}.`;
    this.memory = new Map(); // where storage is not allowed, or full
    this.forgetOthers();
  }

  // The chat was ended, here or in another tab: what waited for it must not go into the next one.
  forgetOthers() {
    for (const key of this.keys()) if (key.startsWith(this.prefix) && !key.startsWith(this.mine)) this.remove(key);
  }

  // The visitor signed in: what he has not sent yet goes with him, and his draft.
  moveTo(visitor) {
    const to = `${this.prefix}${visitor}.`;
    for (const key of this.keys()) {
      if (!key.startsWith(`${this.mine}out.`) && key !== `${this.mine}draft`) continue;
      try { localStorage.setItem(to + key.slice(this.mine.length), localStorage.getItem(key)); } catch { /* it was in memory alone */ }
      this.remove(key);
    }
  }

  keys() {
    try { return Object.keys(localStorage); } catch { return []; }
  }
  remove(key) {
    try { localStorage.removeItem(key); } catch { /* nothing was kept there */ }
  }

  add(text) {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    const id = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
    // Two messages of one millisecond keep their order too.
    this.last = Math.max(Date.now(), (this.last || 0) + 1);
    const entry = { id, text, at: this.last };
    this.memory.set(id, entry);
    try { localStorage.setItem(`${this.mine}out.${id}`, JSON.stringify(entry)); } catch { /* it stays in memory */ }
    return entry;
  }

  // In the order in which they were written, those of other tabs too.
  all() {
    const found = new Map(this.memory);
    for (const key of this.keys()) {
      if (!key.startsWith(`${this.mine}out.`)) continue;
      try {
        const entry = JSON.parse(localStorage.getItem(key));
        if (entry && typeof entry.id === 'string' && typeof entry.text === 'string') found.set(entry.id, entry);
      } catch { this.remove(key); }
    }
    return [...found.values()].sort((a, b) => a.at - b.at);
  }

  done(id) {
    this.memory.delete(id);
    this.remove(`${this.mine}out.${id}`);
  }

  // Small things that a reload should not forget: what was rated, the draft.
  note(name, value) {
    const key = `${this.mine}${name}`;
    try {
      if (value === undefined) return localStorage.getItem(key);
      if (value === '') localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch { /* forgotten, then */ }
    return null;
  }
}
