// A wall nobody touches: keep the last lines while the connection is lost, and say so quietly.
(() => {
    "use strict";
    const lost = document.getElementById("lost");
    const show = (isLost) => {
        lost.hidden = !isLost;
        if (isLost) document.getElementById("toasts").replaceChildren();
    };
    document.addEventListener("htmx:error", () => show(true));
    document.addEventListener("htmx:response:error", () => show(true));
    document.addEventListener("htmx:after:swap", () => show(false));
})();
