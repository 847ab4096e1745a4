// What HTML cannot do alone: toasts, timers, the clock, dialogs in older browsers, waiting.
(() => {
    "use strict";
    const body = document.body;
    const texts = body.dataset;

    // Toasts leave by themselves, except those that report a failure.
    const STAYS = 7000;
    const armed = new WeakSet();
    const arm = (toast) => {
        if (armed.has(toast)) return;
        armed.add(toast);
        let left;
        const go = () => { if (toast.dataset.toast !== "bad") left = setTimeout(() => toast.remove(), STAYS); };
        const stay = () => clearTimeout(left);
        ["pointerenter", "focusin"].forEach((name) => toast.addEventListener(name, stay));
        ["pointerleave", "focusout"].forEach((name) => toast.addEventListener(name, go));
        go();
    };
    const picture = (name) => {
        const ns = "http://www.w3.org/2000/svg";
        const svg = document.createElementNS(ns, "svg");
        svg.setAttribute("class", "icon");
        svg.setAttribute("aria-hidden", "true");
        const use = svg.appendChild(document.createElementNS(ns, "use"));
        use.setAttribute("href", `${texts.icons}#${name}`);
        return svg;
    };
    const ICONS = { good: "circle-check", warn: "triangle-alert", bad: "circle-alert", reward: "award" };
    const toast = (text, tone = "info") => {
        const place = document.getElementById("toasts");
        const node = document.createElement("div");
        node.className = `toast tone-${tone}`;
        node.dataset.toast = tone;
        node.setAttribute("role", tone === "bad" ? "alert" : "status");
        const words = document.createElement("p");
        words.textContent = text;
        const close = document.createElement("button");
        close.type = "button";
        close.dataset.dismiss = "";
        close.setAttribute("aria-label", texts.textClose);
        close.append(picture("x"));
        node.append(picture(ICONS[tone] || "info"), words, close);
        for (const other of place.children) if (other.textContent === node.textContent) other.remove();
        place.append(node);
        arm(node);
        return node;
    };

    // Timers count from the server's seconds and the monotonic clock, so a wrong phone clock is harmless.
    const two = (n) => String(n).padStart(2, "0");
    const running = new Map();
    const start = (node) => {
        if (running.has(node)) return;
        running.set(node, { end: performance.now() + Number(node.dataset.seconds) * 1000, said: null });
    };
    const tick = () => {
        for (const [node, state] of running) {
            if (!node.isConnected) { running.delete(node); continue; }
            const left = Math.max(0, Math.ceil((state.end - performance.now()) / 1000));
            const hours = Math.floor(left / 3600);
            const text = `${hours ? `${hours}:` : ""}${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
            const shown = node.querySelector("[data-left]");
            if (shown.textContent !== text) shown.textContent = text;
            node.dataset.state = left <= 60 ? "last" : left <= 300 ? "soon" : "calm";
            if (state.said !== null && state.said !== node.dataset.state) {
                toast(texts.textLeft.replace("{n}", Math.ceil(left / 60)), "warn");
            }
            state.said = node.dataset.state;
            if (left === 0) {
                running.delete(node);
                node.dispatchEvent(new CustomEvent("timer:end", { bubbles: true }));
            }
        }
        for (const node of document.querySelectorAll("[data-clock]")) {
            const now = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: node.dataset.zone });
            node.textContent = now.format(new Date());
        }
    };

    const prepare = (root) => {
        root.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
        document.querySelectorAll("#toasts [data-toast]").forEach(arm);
        root.querySelectorAll("[data-timer]").forEach(start);
    };

    document.addEventListener("click", (event) => {
        if (event.target.closest("[data-print]")) { window.print(); return; }
        const target = event.target;
        target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove();
        if (target instanceof HTMLDialogElement && target.open) {
            const box = target.getBoundingClientRect();
            const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
            if (!inside) target.close();
        }
        if ("commandForElement" in HTMLButtonElement.prototype) return;
        const opener = target.closest("button[commandfor]");
        const dialog = opener && document.getElementById(opener.getAttribute("commandfor"));
        if (dialog) opener.getAttribute("command") === "show-modal" ? dialog.showModal() : dialog.close();
    });

    document.addEventListener("change", (event) => {
        const form = event.target.form;
        if (form && "submitOnChange" in form.dataset) form.requestSubmit();
    });

    // A wait of more than 300 ms shows itself.
    let waiting = 0;
    let late;
    document.addEventListener("htmx:before:request", () => {
        waiting += 1;
        if (waiting === 1) late = setTimeout(() => body.classList.add("is-busy"), 300);
    });
    document.addEventListener("htmx:finally:request", () => {
        waiting = Math.max(0, waiting - 1);
        if (waiting === 0) { clearTimeout(late); body.classList.remove("is-busy"); }
    });
    document.addEventListener("htmx:error", () => toast(texts.textOffline, "warn"));
    document.addEventListener("htmx:after:swap", () => prepare(document));

    prepare(document);
    tick();
    setInterval(tick, 500);
    window.mingdeng = { toast, startTimer: start };
})();
