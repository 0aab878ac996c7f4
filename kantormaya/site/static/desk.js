/* The keys of the desk: "/" search, j and k move along the rows, enter opens (it is a link), "?" lists the keys. */
"use strict";

const writesIn = (element) => element.closest("input, textarea, select, [contenteditable], dialog[open]");

const moveAlongRows = (by) => {
  const rows = [...document.querySelectorAll(".rows a.stretch")];
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement);
  rows[here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)].focus();
};

const keys = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "j": () => moveAlongRows(1),
  "k": () => moveAlongRows(-1),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (press) => {
  if (press.ctrlKey || press.metaKey || press.altKey || writesIn(press.target) || !keys[press.key]) return;
  press.preventDefault();
  keys[press.key]();
});
