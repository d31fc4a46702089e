/* Evidence: files are sent as soon as they are chosen, and the list is drawn anew by the server. */
"use strict";

(function () {
  const form = document.getElementById("filling");
  if (!form) return;
  const words = form.dataset;

  async function upload(input) {
    const code = input.closest("[data-question]").dataset.question;
    const list = form.querySelector(`[data-files="${CSS.escape(code)}"]`);
    const body = new FormData();
    for (const file of input.files) body.append("file", file);
    await replaceList(list, input.dataset.upload, body);
    input.value = "";
    input.focus();
  }

  async function replaceList(list, url, body) {
    try {
      const response = await window.shuheng.send(url, { method: "POST", body });
      if (response.status === 200 || response.status === 422) list.innerHTML = await response.text();
      else throw new Error(String(response.status));
    } catch (error) {
      const p = document.createElement("p");
      p.className = "field-error";
      p.textContent = words.unsent;
      list.prepend(p);
    }
  }

  form.addEventListener("change", (event) => { if (event.target.matches("[data-upload]") && event.target.files.length) upload(event.target); });
  form.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-remove-file]");
    if (!remove) return;
    event.preventDefault();
    replaceList(remove.closest("[data-files]"), remove.formAction, new FormData());
  });
})();
