/* The inputs of one question: what they hold, and how they depend on each other. */
"use strict";

window.shuheng.inputs = (function () {
  function controls(section) {
    return Array.from(section.querySelectorAll("[name]")).filter(
      (el) => el.type !== "file" && el.name !== `${section.dataset.question}.version` && el.tagName !== "BUTTON");
  }

  function fieldsOf(section) {
    const fields = {};
    for (const el of controls(section)) {
      if ((el.type === "checkbox" || el.type === "radio") && !el.checked) continue;
      (fields[el.name] = fields[el.name] || []).push(el.value);
    }
    return fields;
  }

  function setFields(section, fields) {
    for (const el of controls(section)) {
      const values = fields[el.name] || [];
      if (el.type === "checkbox" || el.type === "radio") {
        el.checked = values.includes(el.value) || (el.type === "radio" && el.name.endsWith(".mode") && !values.length && el.checked);
      } else if (el.type !== "hidden") el.value = values[0] || "";
    }
    arrange(section);
  }

  function arrange(section) {
    const state = section.querySelector("[data-state]:checked");
    section.classList.toggle("is-special", Boolean(state));
    const reason = section.querySelector("[data-reason]");
    if (reason) reason.hidden = !(state && state.value === "not_applicable");
    const mode = section.querySelector(`[name="${section.dataset.question}.mode"]:checked`);
    if (mode) for (const part of section.querySelectorAll("[data-mode]")) part.hidden = part.dataset.mode !== mode.value;
  }

  function agree(section, changed) {
    const code = section.dataset.question;
    const uncheck = (selector, keepIt) => section.querySelectorAll(selector).forEach((el) => { if (!keepIt(el)) el.checked = false; });
    if (changed.matches("[data-state]")) {
      if (changed.checked) uncheck("[data-state]", (el) => el === changed);
    } else if (changed.name !== `${code}.reason`) {
      uncheck("[data-state]", () => false);
    }
    if (changed.type === "checkbox" && changed.checked && changed.name === code) {
      uncheck(`[name="${code}"]`, (el) => el === changed || (!changed.hasAttribute("data-exclusive") && !el.hasAttribute("data-exclusive")));
    }
    if (changed.name === `${code}.branch` && changed.checked) {
      section.querySelector(`[type=radio][value="${changed.dataset.rung}"]`).checked = true;
    }
    const rung = section.querySelector(`[type=radio][name="${code}"]:checked`);
    uncheck(`[name="${code}.branch"]`, (el) => rung && el.dataset.rung === rung.value);
    arrange(section);
  }

  return { controls, fieldsOf, setFields, arrange, agree };
})();
