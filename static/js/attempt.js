/* One question a screen over the plain form of the attempt page, which works without this file.

   What is answered goes to the outbox (outbox.js), which keeps it on the phone and sends it. The
   time left comes from the server and runs on the monotonic clock; the server decides. */
"use strict";

(() => {
  const page = JSON.parse(document.getElementById("attempt-data").textContent);
  const words = page.words;
  const form = document.getElementById("paper");
  const questions = [...form.querySelectorAll("[data-slot]")];
  const state = document.getElementById("save-state");
  const progress = document.getElementById("answered");
  const find = (id) => document.getElementById(id);
  const fill = (text, n) => text.replace("{n}", n);
  const place = `attempt:${page.attempt}`;
  let current = 0;
  let handingIn = false;

  // ---- Answers -------------------------------------------------------------------------------

  const inputs = (question) => [...question.querySelectorAll("input[name^='slot-']")];
  const slotOf = (question) => Number(question.dataset.slot);

  /** What is chosen, as the server wants it; null when nothing is. */
  function valueOf(question) {
    const chosen = inputs(question).filter((input) => input.checked).map((input) => input.value);
    if (!chosen.length) return null;
    return question.dataset.type === "true_false" ? chosen[0] === "true" : chosen;
  }

  function showValue(question, value) {
    const chosen = (Array.isArray(value) ? value : [value]).map(String);
    for (const input of inputs(question)) input.checked = value !== null && chosen.includes(input.value);
  }

  function chosen(question) {
    const several = question.dataset.type === "multiple_choice";
    outbox.keep(slotOf(question), valueOf(question)).then(() => outbox.soon(several ? 300 : 0));
    showState();
  }

  const empty = () => questions.filter((question) => valueOf(question) === null);

  // ---- What is saved -------------------------------------------------------------------------

  const outbox = new Outbox(page, (what, detail) => {
    if (what === "time") setTimer(detail);
    if (["moved", "signed-out", "stale", "memory", "busy", "late"].includes(what)) notice(what);
    if (what === "moved") freeze();
    if (what === "locked" && !handingIn) location.replace(page.url);
    showState();
  });

  /** Always true: saved only when the server has acknowledged every answer. */
  function showState() {
    const waiting = outbox.waiting();
    const kind = outbox.offline ? "offline" : waiting.length ? "pending" : "saved";
    const icon = { offline: "cloud-off", pending: "cloud-upload", saved: "cloud-check" }[kind];
    let text = outbox.entries.size ? words.saved : words.ready;
    // "On this phone" is said only of what the phone has written down.
    const written = waiting.filter((entry) => !entry.unwritten).length;
    if (waiting.length) text = outbox.offline && written ? fill(words.offlineWaiting, written) : fill(words.waiting, waiting.length);
    else if (outbox.offline) text = words.offline;
    if (!waiting.length && !outbox.offline) for (const id of ["busy", "signed-out"]) notice(id, false);
    state.dataset.state = kind;
    state.querySelector("use").setAttribute("href", `${document.body.dataset.icons}#${icon}`);
    const shown = state.querySelector("[data-text]");
    if (shown.textContent !== text) shown.textContent = text;
    showSheet(new Set(waiting.map((entry) => entry.slot)));
  }

  function showSheet(waiting) {
    const answered = questions.length - empty().length;
    progress.value = answered;
    find("answered-count").textContent = `${answered}/${questions.length}`;
    questions.forEach((question, index) => {
      const tile = find("tiles").children[index].firstElementChild;
      const kind = valueOf(question) === null ? "empty" : waiting.has(slotOf(question)) ? "waits" : "answered";
      tile.className = { empty: "", waits: "is-answered is-waiting", answered: "is-answered" }[kind];
      tile.setAttribute("aria-label", `${index + 1} ${words[`tile_${kind}`]}`);
      tile.toggleAttribute("aria-current", index === current);
    });
  }

  function notice(id, shown = true) {
    for (const node of document.querySelectorAll(`[data-notice="${id}"]`)) node.hidden = !shown;
  }

  function freeze() {
    for (const input of questions.flatMap(inputs)) input.disabled = true;
    find("hand-in").close();
    find("sheet-hand-in").disabled = true;
  }

  // ---- One question a screen -----------------------------------------------------------------

  function go(index, focus = true) {
    const to = Math.max(0, Math.min(questions.length - 1, index));
    const back = to < current;
    current = to;
    questions.forEach((question, i) => { question.hidden = i !== to; });
    questions[to].dataset.from = back ? "left" : "right";
    find("previous").disabled = to === 0;
    const last = to === questions.length - 1;
    find("next").querySelector("span").textContent = last ? words.handIn : words.next;
    find("next").dataset.last = last;
    try { sessionStorage.setItem(place, to); } catch { /* Private mode: start at the first one. */ }
    showState();
    if (focus) {
      questions[to].focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }

  const forward = () => (current === questions.length - 1 ? ask() : go(current + 1));

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    const move = { ArrowLeft: () => go(current - 1), ArrowRight: () => go(current + 1), Enter: forward }[event.key];
    const at = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : "abcdef".indexOf(event.key.toLowerCase());
    const option = event.key.length === 1 && at >= 0 ? inputs(questions[current])[at] : null;
    if (event.key === "Enter" && event.target.closest("button, a")) return;
    if (move) move();
    else if (option) option.click();
    else return;
    event.preventDefault();
  }

  /** A clear sideways swipe turns the page; the edges belong to the phone's own gestures. */
  function swipes() {
    let from = null;
    form.addEventListener("touchstart", (event) => {
      const touch = event.touches[0];
      const inside = touch.clientX > 24 && touch.clientX < innerWidth - 24;
      from = event.touches.length === 1 && inside && !event.target.closest("table, pre") ? touch : null;
    }, { passive: true });
    form.addEventListener("touchend", (event) => {
      if (!from) return;
      const dx = event.changedTouches[0].clientX - from.clientX;
      const dy = event.changedTouches[0].clientY - from.clientY;
      if (Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) go(current + (dx < 0 ? 1 : -1));
      from = null;
    }, { passive: true });
  }

  // ---- Time ----------------------------------------------------------------------------------

  /** Let the timer run from the server's seconds. A copy, because ui.js starts each timer once. */
  function setTimer(seconds) {
    const old = document.querySelector("[data-timer]");
    const timer = old.cloneNode(true);
    timer.dataset.seconds = Math.max(0, seconds);
    old.replaceWith(timer);
    mingdeng.startTimer(timer);
  }

  function timeUp() {
    notice("time-up");
    for (const input of questions.flatMap(inputs)) input.disabled = true;
    handIn();
  }

  // ---- Handing in ----------------------------------------------------------------------------

  /** Say what is empty and what is not sent yet, then let the member decide. */
  function ask() {
    const missing = empty();
    find("sheet").close();
    find("missing").hidden = !missing.length;
    find("complete").hidden = missing.length > 0;
    find("missing-text").textContent = fill(words.missing, missing.length);
    find("missing-tiles").replaceChildren(...missing.map((question) => {
      const tile = document.createElement("li");
      const button = tile.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = questions.indexOf(question) + 1;
      button.dataset.go = questions.indexOf(question);
      return tile;
    }));
    const waiting = outbox.waiting().length;
    find("unsent").hidden = !waiting;
    find("unsent-text").textContent = fill(words.unsent, waiting);
    find("hand-in").showModal();
  }

  async function handIn() {
    if (handingIn) return;
    handingIn = true;
    const button = find("hand-in-now");
    button.setAttribute("aria-disabled", "true");
    for (let round = 0; !(await tryHandIn()); round += 1) {
      notice("handing-in");
      await new Promise((resolve) => {
        addEventListener("online", resolve, { once: true });
        setTimeout(resolve, outbox.pause() + Math.min(round, 5) * 1000);
      });
      if (outbox.stopped) break;
    }
    handingIn = false;
    button.removeAttribute("aria-disabled");
  }

  /** Send what waits, then the manifest of all numbers: the server answers which it still lacks. */
  async function tryHandIn() {
    await outbox.send();
    try {
      const answer = await call("POST", page.submitUrl, { manifest: outbox.manifest(), epoch: page.epoch });
      outbox.offline = false;
      if (answer.body.error === "incomplete") {
        outbox.again(answer.body.need);
        return false;
      }
      if (answer.status === 200) await outbox.shelf.clear();
      if (answer.status === 200 || answer.status === 404) location.replace(page.url);
      if (answer.status === 401) notice("signed-out");
      if (answer.body.error === "moved") { outbox.stopped = true; notice("moved"); freeze(); }
      else if (answer.status === 409) location.replace(page.url);
      return answer.status === 200;
    } catch {
      outbox.offline = true;
      return false;
    } finally {
      showState();
    }
  }

  // ---- Start ---------------------------------------------------------------------------------

  function listen() {
    form.addEventListener("change", (event) => chosen(event.target.closest("[data-slot]")));
    form.addEventListener("keydown", keys);
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
    find("previous").addEventListener("click", () => go(current - 1));
    find("next").addEventListener("click", forward);
    find("sheet-hand-in").addEventListener("click", ask);
    find("hand-in-now").addEventListener("click", handIn);
    document.addEventListener("timer:end", timeUp);
    document.addEventListener("click", (event) => {
      const target = event.target.closest("[data-go]");
      if (!target) return;
      target.closest("dialog").close();
      go(Number(target.dataset.go));
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-reload]")) location.reload();
    });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  async function start() {
    form.dataset.ready = "";
    for (const node of document.querySelectorAll("[data-with-js]")) node.hidden = false;
    for (const node of document.querySelectorAll("[data-without-js]")) node.hidden = true;
    const kept = Number(sessionStorage.getItem(place) ?? 0) || 0;
    go(kept, false);
    listen();
    swipes();
    const navigation = performance.getEntriesByType("navigation")[0];
    setTimer(page.secondsLeft - (performance.now() - (navigation?.responseStart ?? 0)) / 1000);
    for (const { slot, value } of await outbox.open()) {
      showValue(questions.find((question) => slotOf(question) === slot), value);
    }
    if (!outbox.shelf.durable) notice("memory");
    outbox.now();
    showState();
  }

  start();
})();
