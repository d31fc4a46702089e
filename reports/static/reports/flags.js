/* "Look and decide" opens in a dialog over the list; without this script it is a page. */
"use strict";

(function () {
  const dialog = document.getElementById("flag-dialog");
  if (!dialog || !dialog.showModal) return;

  async function open(link) {
    const address = new URL(link.href);
    address.searchParams.set("part", "dialog");
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    dialog.innerHTML = await answer.text();
    dialog.showModal();
    dialog.querySelector("h2").focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-flag]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link).catch(() => { window.location.href = link.href; });
    }
    if (event.target.closest("[data-close]") && dialog.open) {
      event.preventDefault();
      dialog.close();
    }
  });
})();
