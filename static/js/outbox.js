/* The answers of one attempt on this phone, until the server has them.

   An answer is written to IndexedDB before it is sent, and counts as saved only once the server
   has acknowledged its (epoch, seq). Every key starts with the member's id, so answers waiting on
   a shared phone are never sent for whoever signs in next. */
"use strict";

const STORE = "answers";
const DAY = 86_400_000;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Where the answers lie: IndexedDB, or memory (and `durable` is false) where that is refused. */
class Shelf {
  constructor(prefix) {
    this.prefix = prefix;
    this.durable = false;
    this.memory = new Map();
    this.opened = this.open();
  }

  async open() {
    try {
      const request = indexedDB.open("mingdeng", 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
      this.db = await done(request);
      this.durable = true;
      await this.sweep();
    } catch {
      this.durable = false;
    }
  }

  store(mode) {
    return this.db.transaction(STORE, mode, { durability: "strict" }).objectStore(STORE);
  }

  range() {
    return IDBKeyRange.bound(this.prefix, `${this.prefix}\uffff`);
  }

  async all() {
    return this.durable ? done(this.store("readonly").getAll(this.range())) : [...this.memory.values()];
  }

  /** Keep `change(what lies there)`; reading and writing are one transaction, so two tabs queue up. */
  async update(slot, change) {
    const id = this.prefix + slot;
    await this.opened;
    if (this.durable) {
      try {
        return await this.updateStored(id, change);
      } catch {
        this.durable = false; // Storage is full or was taken away: go on in memory and say so.
      }
    }
    const next = change(this.memory.get(id));
    this.memory.set(id, { ...next, id });
    return next;
  }

  async updateStored(id, change) {
    const store = this.store("readwrite");
    const finished = new Promise((resolve, reject) => {
      store.transaction.oncomplete = resolve;
      store.transaction.onabort = () => reject(store.transaction.error);
    });
    const next = { ...change(await done(store.get(id))), id, kept: Date.now() };
    store.put(next);
    await finished;
    this.memory.set(id, next);
    return next;
  }

  async clear() {
    this.memory.clear();
    if (this.durable) await done(this.store("readwrite").delete(this.range())).catch(() => {});
  }

  /** Drop acknowledged answers of attempts that ended weeks ago. */
  async sweep() {
    const store = this.store("readwrite");
    for (const old of await done(store.getAll())) {
      if (old.acked && Date.now() - old.kept > 30 * DAY) store.delete(old.id);
    }
  }
}

/** Keeps and sends answers; calls `tell(what, detail)` whenever something about them changes. */
class Outbox {
  constructor(page, tell) {
    this.page = page;
    this.tell = tell;
    this.shelf = new Shelf(`${page.member}:${page.attempt}:`);
    this.entries = new Map();
    this.fails = 0;
    this.offline = !navigator.onLine;
    this.stopped = false;
    for (const [slot, saved] of Object.entries(page.saved)) {
      this.entries.set(Number(slot), { ...saved, slot: Number(slot), acked: true });
    }
  }

  /** Open the shelf and return what it holds that the server does not have: [{slot, value}]. */
  async open() {
    await this.shelf.opened;
    const waiting = (await this.shelf.all()).filter((kept) => !kept.acked && this.isNewer(kept));
    for (const kept of waiting) await this.keep(kept.slot, kept.value);
    for (const event of ["online", "pageshow"]) addEventListener(event, () => this.now());
    addEventListener("offline", () => this.lost());
    addEventListener("pagehide", () => this.send(true));
    document.addEventListener("visibilitychange", () => this.now(document.hidden));
    return waiting;
  }

  /** Another device's later answer wins over what this phone had not sent before it moved. */
  isNewer(kept) {
    const saved = this.entries.get(kept.slot);
    if (!saved || kept.epoch > saved.epoch) return true;
    if (!saved.acked) return false; // Chosen again while the shelf was being opened.
    return kept.epoch === saved.epoch && kept.seq > saved.seq;
  }

  /** Write the answer down with the next number; only then may it be sent. */
  async keep(slot, value) {
    const { epoch } = this.page;
    const known = this.entries.get(slot)?.seq ?? 0;
    this.entries.set(slot, { slot, value, epoch, seq: known + 1, acked: false, unwritten: true });
    this.tell("changed");
    const kept = await this.shelf.update(slot, (old) => ({
      slot, value, epoch, seq: Math.max(known, old?.seq ?? 0) + 1, mid: uuid(), acked: false,
    }));
    if (kept.seq >= this.entries.get(slot).seq) this.entries.set(slot, kept);
    if (!this.shelf.durable) this.tell("memory");
    this.tell("changed");
  }

  waiting() {
    return [...this.entries.values()].filter((entry) => !entry.acked);
  }

  manifest() {
    return Object.fromEntries([...this.entries.values()].map((e) => [e.slot, [e.epoch, e.seq]]));
  }

  soon(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), milliseconds);
  }

  /** A new chance: the signal is back, or the page is looked at again (or is about to go). */
  now(leaving = false) {
    this.fails = 0;
    this.send(leaving);
  }

  lost() {
    this.offline = true;
    this.tell("changed");
  }

  /** Send every answer that waits, in one request. `leaving` does not wait for one under way. */
  async send(leaving = false) {
    const batch = this.waiting().filter((entry) => !entry.unwritten);
    if (this.stopped || !batch.length || (this.sending && !leaving)) return;
    clearTimeout(this.timer);
    this.sending = true;
    const messages = batch.map(({ slot, seq, mid, value }) => ({ slot, seq, mid, value }));
    try {
      const answer = await call("PUT", this.page.saveUrl, { epoch: this.page.epoch, messages });
      this.offline = false;
      await this.read(answer, batch);
    } catch {
      this.offline = true;
      this.fails += 1;
    }
    this.sending = false;
    this.tell("changed");
    if (this.waiting().length && !this.stopped) this.soon(this.pause());
  }

  /** Milliseconds until the next try: 1 s doubling to 30 s, spread so that phones don't march;
      the server's Retry-After is kept, and without a signal `online` wakes us anyway. */
  pause() {
    if (!this.fails) return 50;
    const wait = navigator.onLine ? Math.max(Math.min(30, 2 ** (this.fails - 1)), this.wish ?? 0) : 15;
    return wait * 1000 * (0.75 + Math.random() / 2);
  }

  async read(answer, batch) {
    this.wish = answer.retryAfter;
    if (answer.status === 200) {
      this.fails = 0;
      if (answer.body.seconds_left !== undefined) this.tell("time", answer.body.seconds_left);
      for (const result of answer.body.results) await this.settle(result, batch, answer.body.acked);
      return;
    }
    this.fails += 1;
    const refusals = { 401: "signed-out", 404: "signed-out", 400: "stale", 422: "stale" };
    if (answer.body.error === "moved") this.stopped = true;
    if (answer.status === 409) this.tell(answer.body.error);
    else this.tell(refusals[answer.status] ?? "busy");
  }

  async settle({ mid, outcome }, batch, acked = {}) {
    const entry = batch.find((one) => one.mid === mid);
    if (!entry) return;
    if (outcome === "stale") {
      const [epoch, seq] = acked[entry.slot] ?? [0, 0];
      if (epoch > this.page.epoch) {
        this.stopped = true;
        this.tell("moved");
      } else if (this.entries.get(entry.slot).mid === mid) {
        // Another tab here used a higher number for this slot: the later tap wins.
        this.entries.set(entry.slot, { ...entry, seq: Math.max(entry.seq, seq) });
        await this.keep(entry.slot, entry.value);
      }
      return;
    }
    if (outcome === "locked" || outcome === "late") this.tell(outcome);
    if (this.entries.get(entry.slot).mid === mid) this.entries.set(entry.slot, { ...entry, acked: true });
    await this.shelf.update(entry.slot, (old) => (old?.mid === mid ? { ...old, acked: true } : old ?? entry));
  }

  /** The server lacks these slots although they were acknowledged or never sent: send them again. */
  again(slots) {
    for (const slot of slots) {
      const entry = this.entries.get(slot);
      if (entry) this.entries.set(slot, { ...entry, mid: entry.mid ?? uuid(), acked: false });
    }
  }
}

/** Version 4, also on plain http, where crypto.randomUUID is missing. */
function uuid() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte, i) =>
    (i === 6 ? (byte & 15) | 64 : i === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0"));
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Send JSON with the CSRF token; rejects only when there was no answer within 15 s. */
async function call(method, url, message) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 15_000);
  try {
    const answer = await fetch(url, {
      method,
      keepalive: true,
      signal: stop.signal,
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
      },
      body: JSON.stringify(message),
    });
    const body = await answer.json().catch(() => ({}));
    return { status: answer.status, body, retryAfter: Number(answer.headers.get("Retry-After")) || 0 };
  } finally {
    clearTimeout(timer);
  }
}
