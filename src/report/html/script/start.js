
// Brings the page to life.

function showAll() {
  for (const made of document.querySelectorAll("[data-word]")) {
    made.textContent = word(made.dataset.word);
  }
  showLanguages();
  showVerdict();
  showOutcomes();
  showProblems();
  showCarried();
  showThroughput();
  showFacts();
  showChoices();
  showListed();
  for (const [id, key] of [["previous", word("previous")], ["following", word("following")], ["close", word("close")]]) {
    byId(id).setAttribute("aria-label", key);
    byId(id).title = key;
  }
  byId("made").textContent = word("made", { version: run.version });
}

function showLanguages() {
  byId("languages").setAttribute("aria-label", word("languages"));
  byId("languages").replaceChildren(...run.languages.map((code) => {
    const button = element("button", { type: "button", id: "language-" + code, lang: code, "aria-pressed": String(code === language) }, allWords[code].language);
    button.addEventListener("click", () => {
      setLanguage(code);
      searched = null;
      orders.delete("problem");
      showAll();
      showTools();
      showHead();
      render();
      byId("language-" + code).focus();
    });
    return button;
  }));
}

// A link such as `#?code=PHONE_PATTERN&field=…` leads to the records that it names; the way back leads back.
function followAddress() {
  if (!location.hash.startsWith("#?")) {
    return;
  }
  const asked = new URLSearchParams(location.hash.slice(2));
  const known = Object.keys(NONE).filter((key) => asked.has(key));
  filter = { ...NONE, ...Object.fromEntries(known.map((key) => [key, asked.get(key)])), exact: asked.has("field") };
  update();
  byId("records").scrollIntoView();
  grid.focus({ preventScroll: true });
}

function onLink(event) {
  const link = event.target.closest?.('a[href^="#?"]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (location.hash !== link.hash) {
      history.pushState(null, "", link.hash);
    }
    followAddress();
  }
}

function print(yes) {
  printing = yes;
  showProblems();
  showCarried();
  render();
}

let waiting = 0;
function soon(work) {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(work);
}

grid.classList.toggle("with-attempts", !isCheck);
setLanguage(language);
showAll();
update();
followAddress();
byId("tools").addEventListener("submit", (event) => event.preventDefault());
byId("search").addEventListener("input", () => soon(() => filterBy({ q: byId("search").value.trim() })));
byId("by-outcome").addEventListener("change", (event) => filterBy({ outcome: event.target.value }));
byId("by-code").addEventListener("change", (event) => filterBy({ code: event.target.value, field: "", exact: false }));
byId("by-source").addEventListener("change", (event) => filterBy({ source: event.target.value }));
grid.addEventListener("scroll", render, { passive: true });
grid.addEventListener("keydown", onKey);
byId("close").addEventListener("click", () => byId("details").close());
byId("previous").addEventListener("click", () => step(-1));
byId("following").addEventListener("click", () => step(1));
byId("details").addEventListener("click", (event) => event.target === byId("details") && byId("details").close());
document.addEventListener("click", onLink);
window.addEventListener("resize", () => {
  render();
  showThroughput();
});
window.addEventListener("popstate", followAddress);
window.addEventListener("beforeprint", () => print(true));
window.addEventListener("afterprint", () => print(false));
