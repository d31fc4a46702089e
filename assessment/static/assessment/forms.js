/* What forms share: on a page that came back with faults the summary takes focus; a form is sent
   once however often its button is pressed, and with a token that still holds after signing in
   again; amounts in CNY 10,000 are echoed in yuan. */
"use strict";

(function () {
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.closest("dialog") || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (token && window.shuheng.csrfToken()) token.value = window.shuheng.csrfToken();
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  function echo(input) {
    let line = input.parentElement.parentElement.querySelector("[data-yuan-echo]");
    if (!line) {
      line = document.createElement("div");
      line.className = "form-hint";
      line.dataset.yuanEcho = "";
      input.parentElement.after(line);
    }
    const amount = Number(input.value.normalize("NFKC").replace(/[\s,]/g, ""));
    const known = input.value.trim() !== "" && Number.isFinite(amount) && amount >= 0;
    line.textContent = known ? inYuan(Math.round(amount * 1e6) / 100) : "";
  }

  function inYuan(yuan) {
    const grouped = yuan.toLocaleString("en-US", { maximumFractionDigits: 2 });
    if (document.documentElement.lang === "en") {
      return `= CNY ${grouped}` + (yuan >= 1e6 ? ` (${(yuan / 1e6).toLocaleString("en-US", { maximumFractionDigits: 2 })} million)` : "");
    }
    return `= ${grouped} 元` + (yuan >= 1e8 ? `（${(yuan / 1e8).toLocaleString("en-US", { maximumFractionDigits: 2 })} 亿元）` : "");
  }

  for (const input of document.querySelectorAll("[data-yuan]")) {
    echo(input);
    input.addEventListener("input", () => echo(input));
  }
})();
