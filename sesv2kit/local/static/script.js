// Theme, times, keyboard, live updates and the preview of templates. Every page works without this script, too.
"use strict";

const store = (() => { try { return window.localStorage; } catch { return null; } })();
const root = document.documentElement;
if (store?.getItem("theme")) root.dataset.theme = store.getItem("theme");

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Theme ------------------------------------------------------------------------------------------

function switchTheme() {
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  store?.setItem("theme", root.dataset.theme);
}

// Times, in the time zone of the browser ----------------------------------------------------------

const FORMS = {
  short: (moment) => isToday(moment) ? clock(moment) : moment.toLocaleDateString([], { day: "numeric", month: "short" }),
  clock: (moment) => clock(moment),
  date: (moment) => moment.toLocaleDateString([], { day: "numeric", month: "short" }),
  seconds: (moment) => moment.toLocaleTimeString([], { hour12: false }),
  long: (moment) => `${moment.toLocaleDateString([], { dateStyle: "medium" })}, ${moment.toLocaleTimeString([], { hour12: false })}`,
};
const clock = (moment) => moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
const isToday = (moment) => moment.toDateString() === new Date().toDateString();

function localize(within) {
  for (const element of all("time[data-style]", within)) {
    const text = FORMS[element.dataset.style](new Date(element.dateTime));
    if (element.textContent.trim() !== text) element.textContent = text;
  }
}

// Live updates: the page is fetched again, and what has changed is replaced -------------------------

let refreshing = false;
let wanted = false;

async function refresh() {
  if (refreshing) { wanted = true; return; }
  refreshing = true;
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    if (response.ok) replaceLive(new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch { /* the service is away; the stream of updates tells when it is back */ }
  await new Promise((done) => setTimeout(done, 400)); // many mails at once are one update
  refreshing = false;
  if (wanted) { wanted = false; refresh(); }
}

// The HTML that the service last sent for an element; what a reader opened or closed is no change.
const received = new WeakMap();

function replaceLive(fresh) {
  document.title = fresh.title;
  localize(fresh);
  for (const before of all("[data-live]")) {
    const after = fresh.getElementById(before.id);
    if (!after || received.get(before) === after.innerHTML) continue;
    received.set(before, after.innerHTML);
    if (before.dataset.live === "rows" && one(".rows", before) && one(".rows", after)) mergeRows(before, after);
    else replaceContent(before, after);
  }
}

function replaceContent(before, after) {
  const focusable = "a, button, summary, input, [tabindex]";
  const open = all("details", before).map((element) => element.open);
  const focus = all(focusable, before).indexOf(document.activeElement);
  before.replaceChildren(...after.childNodes);
  all("details", before).forEach((element, position) => { if (open[position]) element.open = true; });
  if (focus >= 0) all(focusable, before)[focus]?.focus();
}

// Rows that are there stay, so that the selected one keeps the focus.
function mergeRows(before, after) {
  const list = one(".rows", before);
  const known = new Map(all(".row", list).map((row) => [row.id, row]));
  let added = 0;
  const rows = all(".row", after).map((row) => {
    const old = known.get(row.id);
    if (!old) { row.classList.add("fresh"); added += 1; return row; }
    old.className = row.className;
    const [link, fresh] = [one("a", old), one("a", row)];
    if (link.innerHTML !== fresh.innerHTML) link.innerHTML = fresh.innerHTML;
    return old;
  });
  const focused = document.activeElement?.closest?.(".row");
  for (const row of all(".row", list)) if (!rows.includes(row) && row !== focused) row.remove();
  rows.forEach((row, position) => {
    if (list.children[position] !== row) list.insertBefore(row, list.children[position] ?? null);
  });
  const [oldPaging, newPaging] = [one(".paging", before), one(".paging", after)];
  if (newPaging) { if (oldPaging) oldPaging.replaceWith(newPaging); else before.append(newPaging); } else oldPaging?.remove();
  if (added) one("#announce").textContent = added === 1 ? "1 new mail" : `${added} new mails`;
}

function listen() {
  const sign = one("#live");
  let wasLost = false;
  const source = new EventSource("/_local/live");
  source.onopen = () => {
    sign.hidden = false;
    sign.textContent = "Live";
    sign.classList.remove("off");
    if (wasLost) refresh();
    wasLost = false;
  };
  source.onerror = () => { sign.hidden = false; sign.textContent = "Waiting"; sign.classList.add("off"); wasLost = true; };
  source.onmessage = () => { if (one("[data-live]")) refresh(); };
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// Keyboard ----------------------------------------------------------------------------------------

function moveSelection(step) {
  const links = all(".rows .row a");
  if (!links.length) return false;
  const position = links.indexOf(document.activeElement);
  const next = links[position < 0 ? (step > 0 ? 0 : links.length - 1) : position + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const dialog = one("#keys");
  if (dialog.open) return;
  const menu = event.target.closest?.("details.menu[open]") ?? one("details.menu[open]");
  const isTyping = event.target.matches?.("input:not([type=radio]), textarea, select");
  if (event.key === "Escape") {
    if (menu) { menu.open = false; one("summary", menu).focus(); return; }
    if (isTyping) { event.target.blur(); return; }
  }
  if (isTyping) return;
  if (event.key === "?") dialog.showModal();
  else if (event.key === "/" && one("#q")) one("#q").select();
  else if (event.key === "/") location.assign("/?search");
  else if (event.key === "j" && moveSelection(1)) { /* moved */ }
  else if (event.key === "k" && moveSelection(-1)) { /* moved */ }
  else if (/^[1-7]$/.test(event.key) && one(".tabs")) all(".tabs a")[Number(event.key) - 1]?.click();
  else {
    const target = all("[data-key]").find((element) => element.dataset.key === event.key);
    if (!target) return;
    target.click();
  }
  event.preventDefault();
}

// Templates ---------------------------------------------------------------------------------------

function watchEditor(form) {
  one("#preview-button").hidden = true;
  let timer = 0;
  let turn = 0;
  const update = async () => {
    const mine = ++turn;
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch("/templates/preview", { method: "POST", body }).catch(() => null);
    if (!response?.ok || mine !== turn) return;
    show(await response.json());
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(update, 150); });
}

function show(preview) {
  one("#preview-subject").textContent = preview.subject || "(no subject)";
  one("#preview-text").textContent = preview.text;
  one("#preview-variables").textContent = preview.variables.join(", ") || "none";
  const notes = preview.problems.map((problem) => note("bad", problem));
  if (preview.missing.length) notes.push(note("warn", `Not in the data: ${preview.missing.join(", ")}. SES could not render this mail.`));
  one("#preview-notes").replaceChildren(...notes);
  const frame = one("#preview-frame");
  if (new URL(frame.src).pathname === preview.url) return;
  const fresh = frame.cloneNode();
  fresh.src = preview.url; // a new frame leaves no entry in the history
  frame.replaceWith(fresh);
}

function note(kind, text) {
  const element = document.createElement("li");
  element.className = `note ${kind}`;
  element.textContent = text;
  return element;
}

// -------------------------------------------------------------------------------------------------

document.addEventListener("DOMContentLoaded", () => {
  localize(document);
  for (const element of all("[data-live]")) received.set(element, element.innerHTML);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  for (const current of all(".side nav [aria-current], .tabs [aria-current], .segments [aria-current]")) {
    current.parentElement.scrollLeft = current.offsetLeft - current.parentElement.offsetLeft - 40;
  }
  one("#theme").hidden = false;
  one("#theme").addEventListener("click", switchTheme);
  one("#help").hidden = false;
  one("#help").addEventListener("click", () => one("#keys").showModal());
  for (const button of all("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(one(`#${button.dataset.copy}`).textContent);
      button.textContent = "Copied";
    });
  }
  if (location.search === "?search") one("#q")?.focus();
  const editor = one("#editor");
  if (editor) watchEditor(editor);
  listen();
});
