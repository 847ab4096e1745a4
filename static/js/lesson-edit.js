/* Uploads a picture or video and puts it where the cursor is, without leaving the form. */
(() => {
  const button = document.querySelector("[data-upload]");
  if (!button) return;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const { file, body, video } = button.form.elements;
  const said = document.getElementById("upload-said");
  const say = (text, tone) => {
    said.textContent = text;
    said.className = `note${tone ? ` tone-${tone}` : ""}`;
    said.hidden = false;
  };

  // A field that was never entered has its cursor at the very beginning.
  let entered = false;
  body.addEventListener("focus", () => { entered = true; });
  const insert = (line) => {
    const from = entered ? body.selectionStart : body.value.length;
    const to = entered ? body.selectionEnd : from;
    const lead = from && body.value[from - 1] !== "\n" ? "\n\n" : "";
    body.setRangeText(`${lead}${line}\n`, from, to, "end");
    body.focus();
  };

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const sent = new FormData();
    if (file.files[0]) sent.append("file", file.files[0]);
    else sent.append("file", "");
    button.disabled = true;
    say(button.dataset.busy);
    try {
      const answer = await fetch(button.dataset.upload, {
        method: "POST", body: sent, headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      const told = await answer.json();
      if (!answer.ok) {
        say(Object.values(told.fields || {}).join(" ") || told.detail, "bad");
        return;
      }
      if (told.is_video) video.value = told.address;
      else insert(told.line);
      file.value = "";
      say(told.is_video ? button.dataset.video : button.dataset.done, "good");
    } catch {
      say(document.body.dataset.textOffline, "warn");
    } finally {
      button.disabled = false;
    }
  });
})();
