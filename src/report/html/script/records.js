
// The records: searched, filtered and sorted as arrays of places in `rows`; only those in sight are in the document.

const NONE = { outcome: "", code: "", source: "", field: "", carried: "", q: "" };
const PRINTED = 200;
const BEYOND = 8;
const COLUMNS = ["place", "name", "outcome", "problem", ...(isCheck ? [] : ["attempts"])];
const grid = byId("grid"), body = byId("body");

let filter = { ...NONE };
let sorting = { column: "place", down: false };
let view = new Uint32Array(0);
let active = 0;
let printing = false;
const pool = [];
const orders = new Map();
let searched = null;

const fileName = (path) => path.replace(/^.*[/\\](?=.)/, "");
const place = (row) => `${fileName(run.sources[row[SOURCE]])}:${row[LINE]}`;
const folded = (text) => text.normalize("NFKC").toLowerCase();
const problemsOf = (row) => row[PROBLEMS]?.length ? row[PROBLEMS]
  : row[CODE] || row[MESSAGE] ? [[row[CODE] ?? "", row[FIELD] ?? "", row[MESSAGE] ?? ""]] : [];
const saidOf = (row) => problemsOf(row).map(([code, field, message]) => [code, field, sentence(message)]);
const messageOf = (row) => saidOf(row).map((problem) => problem[2]).join("; ");
const pattern = (field) => field.replace(/\[\d+\]/g, "[]");

// Where each row stands in the order of a column, worked out once. Names are compared by their folded characters: that is
// the order of Hangul and kana, and it takes a fraction of the time of a collation.
function order(column) {
  if (!orders.has(column)) {
    const keys = column === "place" ? null : rows.map(SORT_KEYS[column]);
    const sorted = Uint32Array.from(rows.keys());
    if (keys !== null) {
      sorted.sort((a, b) => keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b);
    }
    orders.set(column, sorted);
  }
  return orders.get(column);
}

const SORT_KEYS = {
  name: (row) => folded(row[NAME] ?? ""),
  outcome: (row) => row[OUTCOME],
  problem: (row) => row[CODE] || row[MESSAGE] ? `0${row[CODE] ?? ""} ${row[FIELD] ?? ""} ${sentence(row[MESSAGE] ?? "")}` : `1${row[CONTACT] ?? ""}`,
  attempts: (row) => row[ATTEMPTS] ?? 0,
};

function searchTexts() {
  searched ??= rows.map((row) => folded([row[NAME] ?? "", place(row), row[CONTACT] ?? "",
    row[REACH] ?? "", ...saidOf(row).flat(), ...(row[CARRIED] ?? []).flat()].join("\n")));
  return searched;
}

// Whether a row has this problem, by the code and the field that the problems are counted under. What the service refused
// is counted under its code alone.
function hasProblem(row, code, field) {
  const fromService = ["rejected", "failed", "unknown"].includes(run.outcomes[row[OUTCOME]]);
  return problemsOf(row).some((problem) => problem[0] === code
    && (field === null || pattern(problem[1]) === field || (field === "" && fromService)));
}

function fits() {
  const tests = [];
  const { outcome, code, source, field, carried } = filter;
  if (outcome !== "") {
    const wanted = run.outcomes.indexOf(outcome);
    tests.push((row) => row[OUTCOME] === wanted);
  }
  if (source !== "") {
    tests.push((row) => row[SOURCE] === Number(source));
  }
  if (code !== "" || field !== "") {
    tests.push((row) => hasProblem(row, code, filter.exact ? field : null));
  }
  if (carried !== "") {
    tests.push((row) => (row[CARRIED] ?? []).some((note) => note[1] === carried));
  }
  const terms = folded(filter.q).split(/\s+/).filter(Boolean);
  if (terms.length > 0) {
    const texts = searchTexts();
    tests.push((_, at) => terms.every((term) => texts[at].includes(term)));
  }
  return (at) => tests.every((test) => test(rows[at], at));
}

function update() {
  view = order(sorting.column).filter(fits());
  if (sorting.down) {
    view.reverse();
  }
  active = 0;
  grid.scrollTop = 0;
  showTools();
  showHead();
  render();
}

function filterBy(changes) {
  filter = { ...filter, ...changes };
  update();
}

function showTools() {
  byId("by-outcome").value = filter.outcome;
  byId("by-code").value = filter.code;
  byId("by-source").value = filter.source;
  if (byId("search").value.trim() !== filter.q) {
    byId("search").value = filter.q;
  }
  const all = rows.length;
  byId("count").textContent = view.length === all ? word("shown", { n: all }) : word("shownOf", { n: view.length, all });
  byId("empty").hidden = view.length > 0;
  byId("empty").textContent = word(isCheck && of("valid") > run.listed[run.outcomes.indexOf("valid")] ? "emptyOfSome" : "empty");
  byId("chips").replaceChildren(...chips());
  const unlisted = Math.max(0, view.length - PRINTED);
  byId("unprinted").textContent = unlisted > 0 ? word("unprinted", { n: unlisted }) : "";
}

function chips() {
  const made = [];
  const chip = (text, changes) => {
    const button = element("button", { className: "chip", type: "button", "aria-label": word("remove", { what: text }) }, `${text} ×`);
    button.addEventListener("click", () => filterBy(changes));
    made.push(button);
  };
  if (filter.exact && filter.code !== "" && !hasOption("by-code", filter.code)) {
    chip(word("chipCode", { what: codeWord(filter.code) }), { code: "", field: "", exact: false });
  }
  if (filter.exact && filter.field !== "") {
    chip(word("chipField", { what: filter.field }), { field: "", exact: false });
  }
  if (filter.carried !== "") {
    chip(word("chipCarried", { what: filter.carried }), { carried: "" });
  }
  if (Object.keys(NONE).some((key) => filter[key] !== "")) {
    const button = element("button", { className: "chip", id: "clear", type: "button" }, word("clear"));
    button.addEventListener("click", () => filterBy({ ...NONE, exact: false }));
    made.push(button);
  }
  return made;
}

function hasOption(id, value) {
  return [...byId(id).options].some((option) => option.value === value);
}

// The choices of the filters, with how many listed records each has.
function showChoices() {
  const choose = (id, label, any, choices) => {
    byId(id).setAttribute("aria-label", label);
    byId(id).replaceChildren(new Option(any, ""), ...choices.map(([value, text]) => new Option(text, value)));
    byId(id).hidden = choices.length < 2 && id !== "by-outcome";
  };
  const codes = new Map();
  const outcomes = new Map();
  for (const row of rows) {
    outcomes.set(row[OUTCOME], (outcomes.get(row[OUTCOME]) ?? 0) + 1);
    for (const code of new Set(problemsOf(row).map((problem) => problem[0]))) {
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  codes.delete("");
  choose("by-outcome", word("byOutcome"), word("anyOutcome"), run.outcomes.flatMap((outcome, at) =>
    outcomes.has(at) ? [[outcome, `${outcomeWord(outcome)} (${count(outcomes.get(at))})`]] : []));
  choose("by-code", word("byCode"), word("anyCode"), [...codes].sort((a, b) => b[1] - a[1])
    .map(([code, n]) => [code, `${codeWord(code)} (${count(n)})`]));
  choose("by-source", word("bySource"), word("anySource"), run.sources.map((path, at) => [String(at), fileName(path)]));
  byId("search").placeholder = word("search");
  byId("search").setAttribute("aria-label", word("search"));
}

function showListed() {
  const missing = run.outcomes.map((outcome, at) => [outcome, of(outcome) - run.listed[at]]).filter(([, n]) => n > 0);
  const list = missing.map(([outcome, n]) => `${outcomeWord(outcome)} ${count(n)}`).join(", ");
  byId("listed").textContent = missing.length === 0 ? word("listedAll")
    : word("listedSome", { n: missing.reduce((sum, [, n]) => sum + n, 0), list });
}

function showHead() {
  const focused = COLUMNS.find((column) => document.activeElement?.id === "sort-" + column);
  byId("head").replaceChildren(element("div", { className: "line", role: "row", "aria-rowindex": "1" },
    ...COLUMNS.map((column, at) => {
      const sorted = sorting.column !== column ? "none" : sorting.down ? "descending" : "ascending";
      const button = element("button", { type: "button", id: "sort-" + column }, word("column." + column));
      button.addEventListener("click", () => {
        sorting = { column, down: sorting.column === column && !sorting.down };
        update();
      });
      return element("span", { role: "columnheader", className: column, "aria-sort": sorted, "aria-colindex": String(at + 1) }, button);
    })));
  if (focused !== undefined) {
    byId("sort-" + focused).focus();
  }
}

function newLine() {
  const cells = COLUMNS.map((column, at) =>
    element("span", { role: "gridcell", className: column === "problem" ? "message" : column, "aria-colindex": String(at + 1) }));
  const line = element("div", { className: "line", role: "row" }, ...cells);
  line.addEventListener("click", () => {
    setActive(line.shown);
    openDetails(line.shown);
  });
  body.append(line);
  return line;
}

function fillLine(line, at, height) {
  const row = rows[view[at]];
  const outcome = run.outcomes[row[OUTCOME]];
  const [where, name, what, message, attempts] = line.children;
  line.shown = at;
  line.id = `row-${at}`;
  line.hidden = false;
  line.setAttribute("aria-rowindex", at + 2);
  line.classList.toggle("active", at === active);
  line.style.top = `${at * height}px`;
  where.replaceChildren(element("span", { className: "file" }, fileName(run.sources[row[SOURCE]])),
    element("span", {}, `:${row[LINE]}`));
  name.textContent = row[NAME] || word("noName");
  what.replaceChildren(dot(outcome), outcomeWord(outcome));
  const said = messageOf(row) || (row[CODE] ?? "");
  message.textContent = said || (row[CONTACT] ?? "");
  message.classList.toggle("id", said === "");
  if (attempts) {
    attempts.textContent = row[ATTEMPTS] ? count(row[ATTEMPTS]) : "";
  }
}

// Puts the lines in sight into the document, and those that come next.
function render() {
  const height = lineHeight();
  const inSight = Math.ceil(grid.clientHeight / height);
  const first = printing ? 0 : Math.max(0, Math.floor(grid.scrollTop / height) - BEYOND);
  const last = Math.min(view.length, printing ? PRINTED : first + inSight + 2 * BEYOND);
  body.style.height = `${view.length * height}px`;
  while (pool.length < last - first) {
    pool.push(newLine());
  }
  pool.forEach((line, at) => {
    if (first + at < last) {
      fillLine(line, first + at, height);
    } else {
      line.hidden = true;
      line.removeAttribute("id");
    }
  });
  grid.setAttribute("aria-rowcount", view.length + 1);
  grid.setAttribute("aria-colcount", COLUMNS.length);
  if (byId(`row-${active}`)) {
    grid.setAttribute("aria-activedescendant", `row-${active}`);
  } else {
    grid.removeAttribute("aria-activedescendant");
  }
}

function lineHeight() {
  return parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row")) || 42;
}

function setActive(at) {
  active = Math.max(0, Math.min(view.length - 1, at));
  const height = lineHeight();
  const covered = byId("head").offsetHeight;
  const top = active * height;
  if (top < grid.scrollTop) {
    grid.scrollTop = top;
  } else if (top + height + covered > grid.scrollTop + grid.clientHeight) {
    grid.scrollTop = top + height + covered - grid.clientHeight;
  }
  render();
}

function onKey(event) {
  if (event.target !== grid || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const page = Math.max(1, Math.floor(grid.clientHeight / lineHeight()) - 2);
  const moves = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: view.length - 1 };
  if (event.key in moves) {
    setActive(moves[event.key]);
  } else if (event.key === "Enter" && view.length > 0) {
    openDetails(active);
  } else {
    return;
  }
  event.preventDefault();
}
