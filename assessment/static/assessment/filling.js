/* Filling in: every answer is saved as it is typed, one request per question at a time.

   What is not yet confirmed by the server also lies in localStorage, so that a lost connection, a
   closed tab or an ended session loses nothing; the queue empties itself. The server decides what
   an answer means, what is asked, and whether somebody else has changed it meanwhile. */
"use strict";

(function () {
  const form = document.getElementById("filling");
  if (!form) return;
  document.documentElement.classList.add("scripted");

  const words = form.dataset;
  const { controls, fieldsOf, setFields, arrange, agree } = window.shuheng.inputs;
  const device = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");
  const prefix = `shuheng.unsent.${words.submission}.${words.person}.`;
  const questions = new Map();
  let counter = Date.now();
  let failing = false;
  let signedOut = false;
  let revision = 0;
  let pause = 2000;
  let retryTimer = null;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const urlOf = (code) => words.saveUrl.replace("QUESTION", encodeURIComponent(code));

  /* Nothing on the page may move under a finger or mouse button that is down: the click would miss. */

  let pressed = false;
  const waiting = [];
  const settled = () => (pressed ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve());
  document.addEventListener("pointerdown", () => { pressed = true; }, true);
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => setTimeout(() => {
      pressed = false;
      for (const resolve of waiting.splice(0)) resolve();
    }), true);
  }

  /* ---- the queue ------------------------------------------------------------------------ */

  const keyOf = (code, from) => `${prefix}${from || device}.${code}`;

  function keep(code, entry) {
    try { localStorage.setItem(keyOf(code), JSON.stringify(entry)); } catch (error) { /* full or forbidden: the page still holds it */ }
  }

  function forget(code, entry) {
    try { localStorage.removeItem(keyOf(code, entry.device)); } catch (error) { /* nothing was kept */ }
  }

  function unsent() {
    return Array.from(questions.values()).filter((q) => q.timer || q.busy || q.again || q.entry).length;
  }

  function showBar() {
    const bar = document.querySelector("[data-offline-bar]");
    const count = unsent();
    bar.hidden = !failing || count === 0;
    if (!bar.hidden) bar.querySelector("[data-offline-text]").textContent = fill(signedOut ? words.signedOut : words.offline, { count });
  }

  function retryLater() {
    failing = true;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(sendAll, pause);
    pause = Math.min(pause * 2, 30000);
    showBar();
  }

  function sendAll() {
    clearTimeout(retryTimer);
    return Promise.all(Array.from(questions.values(), (q) => (q.timer || q.entry ? save(q) : null)));
  }

  /* ---- saving --------------------------------------------------------------------------- */

  function schedule(q, delay) {
    clearTimeout(q.timer);
    q.timer = setTimeout(() => save(q), delay);
  }

  function entryOf(q) {
    counter += 1;
    return { fields: fieldsOf(q.section), version: Number(q.version.value) || 0, device, counter };
  }

  async function save(q) {
    clearTimeout(q.timer);
    q.timer = null;
    if (q.busy) { q.again = true; return q.busy; }
    q.entry = entryOf(q);
    keep(q.code, q.entry);
    q.line.textContent = words.saving;
    q.busy = transmit(q, q.entry);
    await q.busy;
    q.busy = null;
    if (q.again) { q.again = false; return save(q); }
    showBar();
    return null;
  }

  async function transmit(q, entry) {
    let response;
    try {
      response = await window.shuheng.send(urlOf(q.code), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(entry),
      });
    } catch (error) {
      q.line.textContent = words.unsent;
      retryLater();
      return;
    }
    await receive(q, entry, response);
  }

  async function receive(q, entry, response) {
    signedOut = response.status === 401;
    if (signedOut) { // the dialog was closed: wait for the person, do not ask again and again
      failing = true;
      q.line.textContent = words.unsent;
      return;
    }
    const json = (response.headers.get("Content-Type") || "").includes("json");
    if (!json || ![200, 400, 403, 404, 409, 422].includes(response.status)) {
      q.line.textContent = words.unsent;
      retryLater();
      return;
    }
    const data = await response.json();
    await settled();
    failing = false;
    pause = 2000;
    forget(q.code, entry);
    if (q.entry === entry) q.entry = null;
    if (data.conflict) showConflict(q, data.conflict);
    else if (data.version === undefined) { q.line.textContent = ""; showError(q, data.error || ""); }
    else accept(q, data);
  }

  function accept(q, data) {
    q.version.value = data.version;
    q.line.textContent = data.line;
    q.error = data.error;
    if (!q.error || q.left || q.errorBox.textContent) showError(q, q.error);
    showHints(q, data.hints);
    q.section.querySelectorAll("[data-proposed]").forEach((el) => el.remove());
    q.conflictBox.hidden = true;
    if (data.revision < revision) return; // sent before what the page shows already
    revision = data.revision;
    for (const other of questions.values()) show(other, data.asked.includes(other.code));
    const progress = document.querySelector("[data-progress]");
    if (progress) progress.textContent = fill(words.progressWords, data.progress);
  }

  /* ---- what the page shows -------------------------------------------------------------- */

  function show(q, asked) {
    q.section.hidden = !asked;
    q.version.disabled = !asked;
  }

  function showError(q, text) {
    q.errorBox.textContent = text;
    q.section.classList.toggle("has-error", Boolean(text));
    for (const el of controls(q.section)) {
      if (text && el.type === "text") el.setAttribute("aria-invalid", "true");
      else el.removeAttribute("aria-invalid");
    }
  }

  function showHints(q, hints) {
    const box = q.section.querySelector("[data-hints]");
    box.replaceChildren(...hints.map((hint) => {
      const line = document.createElement("p");
      line.className = hint.doubt ? "hint doubt" : "hint";
      line.textContent = hint.text;
      if (hint.instead) line.append(" ", button(fill(words.changeTo, { value: hint.instead }), () => change(q, hint.instead)), " ", button(words.asTyped, () => line.remove()));
      return line;
    }));
  }

  function change(q, value) {
    const input = q.section.querySelector(`[name="${q.code}.percent"]`) || q.section.querySelector(".number-input");
    input.value = value;
    input.focus();
    save(q);
  }

  function button(text, act) {
    const el = document.createElement("button");
    el.type = "button";
    el.className = "btn btn-sm btn-outline-primary";
    el.textContent = text;
    el.addEventListener("click", act);
    return el;
  }

  function showConflict(q, conflict) {
    const line = (title, value) => {
      const p = document.createElement("p");
      const strong = document.createElement("strong");
      strong.textContent = title;
      p.append(strong, document.createElement("br"), value);
      return p;
    };
    const choose = (mine) => {
      q.version.value = conflict.version;
      q.conflictBox.hidden = true;
      if (!mine) setFields(q.section, conflict.fields);
      save(q);
    };
    q.line.textContent = "";
    q.conflictBox.replaceChildren(
      line(fill(words.conflict, { name: conflict.their_name, time: conflict.their_time }), ""),
      line(fill(words.theirValue, { name: conflict.their_name }), conflict.theirs), button(words.theirs, () => choose(false)),
      line(words.myValue, conflict.mine), button(words.mine, () => choose(true)));
    q.conflictBox.hidden = false;
  }

  /* ---- clearing ------------------------------------------------------------------------- */

  function clear(q) {
    for (const el of controls(q.section)) if ((el.type === "radio" && !el.name.endsWith(".mode")) || el.type === "checkbox") el.checked = false;
    arrange(q.section);
    save(q);
  }

  /* ---- events --------------------------------------------------------------------------- */

  function enrol(section) {
    const code = section.dataset.question;
    const q = {
      code, section, entry: null, busy: null, again: false, timer: null, left: false, error: "",
      version: section.querySelector(`[name="${code}.version"]`),
      line: section.querySelector("[data-save-line]"),
      errorBox: section.querySelector("[data-error]"),
      conflictBox: section.querySelector("[data-conflict-box]"),
    };
    questions.set(code, q);
    arrange(section);
    section.addEventListener("input", (event) => {
      if (event.isComposing || !event.target.name || event.target.type === "file") return;
      agree(section, event.target);
      const typed = event.target.matches("input[type=text], textarea");
      schedule(q, typed ? (q.errorBox.textContent ? 120 : 600) : 0);
    });
    section.addEventListener("focusin", () => { if (!q.errorBox.textContent) q.left = false; });
    section.addEventListener("compositionend", () => schedule(q, 600));
    section.addEventListener("focusout", (event) => {
      if (section.contains(event.relatedTarget)) return;
      q.left = true;
      if (q.timer) save(q);
      else if (q.error) settled().then(() => showError(q, q.error));
    });
    section.querySelectorAll("[data-confirm]").forEach((el) => el.addEventListener("click", () => save(q)));
    section.querySelectorAll("[data-clear]").forEach((el) => el.addEventListener("click", () => clear(q)));
    if (q.errorBox.textContent) { q.left = true; q.error = q.errorBox.textContent; }
  }

  for (const section of form.querySelectorAll("[data-question]")) enrol(section);

  /* Pressing on: send what is left, and make sure the session still holds, before leaving. */
  form.addEventListener("submit", async (event) => {
    if (form.dataset.ready) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter;
    for (const q of questions.values()) { q.left = true; showError(q, q.error); }
    const first = Array.from(questions.values()).find((q) => !q.section.hidden && q.section.dataset.kind !== "evidence");
    await Promise.all([sendAll(), first && save(first)]);
    const conflict = Array.from(questions.values()).find((q) => !q.conflictBox.hidden);
    if (conflict) { conflict.section.scrollIntoView(); return; }
    if (failing) return;
    form.dataset.ready = "1";
    if (pressed) form.requestSubmit(pressed); else form.requestSubmit();
  });
  window.addEventListener("pageshow", () => { delete form.dataset.ready; });

  /* Leaving or hiding the page sends what was typed a moment ago, without waiting. */
  function flush() {
    for (const q of questions.values()) {
      if (!q.timer) continue;
      clearTimeout(q.timer);
      q.timer = null;
      q.entry = entryOf(q);
      keep(q.code, q.entry);
      const entry = q.entry;
      fetch(urlOf(q.code), {
        method: "POST", keepalive: true, credentials: "same-origin", body: JSON.stringify(entry),
        headers: { "Content-Type": "application/json", "X-CSRFToken": window.shuheng.csrfToken(), "X-Requested-With": "XMLHttpRequest" },
      }).then((response) => (response.status === 200 || response.status === 422 || response.status === 409 ? receive(q, entry, response) : retryLater()), retryLater);
    }
  }
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
  window.addEventListener("pagehide", flush);
  window.addEventListener("online", sendAll);
  document.querySelector("[data-send-now]").addEventListener("click", () => { pause = 2000; sendAll(); });

  /* What an earlier page of this person could not send any more. */
  async function takeUp() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && !key.startsWith(prefix + device));
    for (const key of keys) {
      const entry = JSON.parse(localStorage.getItem(key));
      const code = key.slice(prefix.length + entry.device.length + 1);
      const q = questions.get(code);
      if (!q || q.timer || q.busy || q.entry) continue;
      setFields(q.section, entry.fields);
      q.entry = entry;
      q.busy = transmit(q, entry);
      await q.busy;
      q.busy = null;
    }
  }
  try { takeUp(); } catch (error) { /* no storage: nothing was left behind */ }
})();
