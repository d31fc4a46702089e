/* What every page shares: htmx requests carry a fresh CSRF token, and a lost session opens a
   sign-in dialog over the page instead of losing what was typed.

   window.shuheng = {
     csrfToken()        -> the current token (from the cookie)
     signIn()           -> promise of whether the person has signed in again (or closed the dialog)
     send(url, options) -> fetch() with the token, that asks to sign in on 401 and retries once
   } */
"use strict";

(function () {
  const dialog = document.getElementById("sign-in-dialog");
  let waiting = null;

  function csrfToken() {
    const match = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
    return match ? decodeURIComponent(match[1]) : "";
  }

  async function freshToken() {
    await fetch(document.body.dataset.csrfUrl, { credentials: "same-origin" });
    return csrfToken();
  }

  function signIn() {
    if (!waiting) {
      dialog.returnValue = "";
      waiting = new Promise((resolve) => {
        dialog.addEventListener("close", () => resolve(dialog.returnValue === "signed-in"), { once: true });
      });
      waiting.then(() => { waiting = null; });
      dialog.showModal();
    }
    return waiting;
  }

  async function submitSignIn(event) {
    event.preventDefault();
    const form = event.target;
    const error = form.querySelector("[data-sign-in-error]");
    error.hidden = true;
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.action, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": await freshToken(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
      body,
    });
    if (!response.ok) { error.hidden = false; return; }
    form.querySelector("[name=password]").value = "";
    dialog.close("signed-in");
  }

  async function send(url, options, retried) {
    const token = csrfToken() || (await freshToken());
    const headers = Object.assign({ "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" }, options.headers);
    const response = await fetch(url, Object.assign({ credentials: "same-origin" }, options, { headers }));
    if (retried) return response;
    if (response.status === 401) return (await signIn()) ? send(url, options, true) : response;
    // Signing in elsewhere renews the token: take the new one and send again.
    if (response.status === 403 && response.headers.get("X-CSRF-Failed")) { await freshToken(); return send(url, options, true); }
    return response;
  }

  if (dialog) dialog.querySelector("form").addEventListener("submit", submitSignIn);
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = csrfToken(); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 401) return;
    event.detail.shouldSwap = false;
    signIn().then((again) => { if (again) window.htmx.trigger(event.detail.elt, "retry"); });
  });

  window.shuheng = { csrfToken, signIn, send };
})();
