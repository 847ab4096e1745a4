/* Remembers how far a lesson was read or watched; the server never lets it go back. */
(() => {
  const lesson = document.querySelector("[data-lesson]");
  if (!lesson) return;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const video = lesson.querySelector("video");
  let best = Number(lesson.dataset.position);
  let sent = -1;

  const read = () => {
    const box = lesson.getBoundingClientRect();
    const share = (window.innerHeight - box.top) / Math.max(1, box.height);
    const watched = video && video.duration ? video.currentTime / video.duration : 0;
    best = Math.max(best, Math.round(1000 * Math.min(1, Math.max(share, watched))));
    const field = document.querySelector("#done input[name=position]");
    if (field) field.value = String(best);
  };

  const send = () => {
    read();
    if (best === sent) return;
    sent = best;
    const body = new URLSearchParams({ position: String(best) });
    fetch(lesson.dataset.lesson, {
      method: "POST", body, keepalive: true, redirect: "manual", headers: { "X-CSRFToken": token },
    }).catch(() => { sent = -1; });
  };

  addEventListener("scroll", read, { passive: true });
  addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", send);
  setInterval(send, 10000);
  send();
})();
