
// One record with all that the page knows of it.

let detailed = 0;

function openDetails(at) {
  showDetails(at);
  if (!byId("details").open) {
    byId("details").showModal();
  }
  byId("details-title").focus();
}

function showDetails(at) {
  detailed = at;
  const row = rows[view[at]];
  const outcome = run.outcomes[row[OUTCOME]];
  byId("details-title").textContent = row[NAME] || word("noName");
  const facts = [
    ["outcome", element("span", {}, dot(outcome), ` ${outcomeWord(outcome)}`)],
    ["place", word("lineOf", { file: run.sources[row[SOURCE]], n: row[LINE] })],
    ["number", word("numberOf", { n: row[NUMBER] })],
    row[CONTACT] ? ["contact", element("span", { className: "mono" }, row[CONTACT])] : null,
    row[ATTEMPTS] ? ["attempts", count(row[ATTEMPTS])] : null,
  ].filter((fact) => fact !== null);
  byId("details-body").replaceChildren(
    element("dl", { className: "facts" }, ...facts.flatMap(([key, value]) =>
      [element("dt", {}, word("detail." + key)), element("dd", {}, value)])),
    ...said(["created", "exists", "duplicate"].includes(outcome) ? word("remarks") : word("problems"), saidOf(row).map(problemText)),
    ...said(word("carried"), (row[CARRIED] ?? []).map(carriedText)),
    ...(isCut(row) ? [element("p", { className: "quiet" }, word("alsoInJsonl"))] : []));
  byId("previous").disabled = at === 0;
  byId("following").disabled = at >= view.length - 1;
}

// A row holds only the first problems and carried-over values of its record, and only so much of each.
function isCut(row) {
  const lists = [row[PROBLEMS] ?? [], row[CARRIED] ?? []];
  return lists.some((list) => list.length === 20 || list.flat(Infinity).some((text) => typeof text === "string" && text.endsWith("…")));
}

function said(title, items) {
  return items.length === 0 ? [] : [element("h3", {}, title), ...items];
}

function problemText([code, field, message]) {
  const names = [code, field].filter(Boolean).join(" · ");
  return element("div", { className: "said" },
    hasWord("code." + code) || isOutcome(code) ? element("strong", {}, codeWord(code)) : null,
    message ? element("p", {}, message) : null,
    names ? element("small", { className: "mono" }, names) : null);
}

function carriedText([kind, field, value]) {
  return element("div", { className: "said" },
    element("strong", {}, field),
    value ? element("p", {}, value) : null,
    element("small", {}, noteWord(kind)));
}

function step(by) {
  const to = detailed + by;
  if (to >= 0 && to < view.length) {
    setActive(to);
    showDetails(to);
  }
}
