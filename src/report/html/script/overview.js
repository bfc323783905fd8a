
// What the run came to: everything above the records.

const SHOWN = 8;
const opened = new Set();
const of = (outcome) => summary.outcomes[outcome] ?? 0;

function showVerdict() {
  const all = summary.records;
  const later = isCheck ? 0 : summary.deleted_later + summary.created_later;
  const good = isCheck ? of("valid")
    : of("created") + of("exists") - summary.deleted_later + summary.created_later;
  const which = all === 0 ? "None"
    : (isCheck ? "Check" : "Import") + (good === all ? "All" : later > 0 ? "Now" : "");
  byId("verdict").textContent = word("verdict" + which, { n: all, good });
  byId("what").textContent = isCheck ? word("check") : word("import", { run: summary.run });
  document.title = `cardlift · ${isCheck ? word("check") : word("import", { run: summary.run })}`;
  byId("next").replaceChildren(...nextSteps(all, good));
}

// The terminal's advice, with the files that it is about.
function nextSteps(all, good) {
  if (run.advice.length === 0) {
    const which = good === all ? "nextNothing" : summary.deleted_later > 0 ? "nextDeleted" : "nextDuplicates";
    return all > 0 ? [word(which)] : [];
  }
  const files = run.rejects.length > 0 ? [" (", ...links(run.rejects), ")"] : [];
  return [run.advice.map(sentence).join("; "), ...files];
}

function links(files) {
  return files.flatMap((file, at) => [at > 0 ? ", " : "", element("a", { href: encodeURI(file) }, file)]);
}

function showOutcomes() {
  const all = summary.records;
  const some = run.outcomes.filter((outcome) => of(outcome) > 0);
  const list = some.map((outcome) => `${outcomeWord(outcome)} ${count(of(outcome))}`).join(", ");
  byId("bar").setAttribute("aria-label", word("bar", { list }));
  byId("bar").replaceChildren(...some.map((outcome) => {
    const part = colored("i", outcome);
    part.style.flexGrow = of(outcome) / all;
    part.title = `${outcomeWord(outcome)}: ${count(of(outcome))}`;
    return part;
  }));
  byId("outcomes").replaceChildren(...some.map((outcome) => element("a",
    { className: "tile", href: linkTo({ outcome }), "data-outcome": outcome },
    dot(outcome),
    element("b", {}, count(of(outcome))),
    element("span", {}, outcomeWord(outcome),
      element("span", { className: "share" }, percents.format(of(outcome) / all))),
    element("p", {}, word("means." + outcome)))));
}

// A list of what was counted, the commonest first, each with a meter and a link to its records.
function showCounts(id, items, tone, none) {
  const most = Math.max(1, ...items.map((item) => item.count));
  const shown = printing || opened.has(id) ? items : items.slice(0, SHOWN);
  const list = element("ul", { className: `list ${tone}` });
  for (const item of shown) {
    const meter = element("i");
    meter.style.width = `${100 * item.count / most}%`;
    list.append(element("li", {}, element(item.href ? "a" : "div",
      item.href ? { className: "item", href: item.href } : { className: "item" },
      element("span", { className: "what" }, item.title, item.small ? element("small", {}, ...item.small) : null),
      element("span", { className: "number" }, count(item.count)),
      element("span", { className: "meter", "aria-hidden": "true" }, meter))));
  }
  const more = element("button", { className: "more", type: "button" }, word("showAll", { n: items.length }));
  more.addEventListener("click", () => {
    opened.add(id);
    showCounts(id, items, tone, none);
  });
  const rest = items.length > shown.length ? [more] : [];
  byId(id).replaceChildren(...(items.length > 0 ? [list, ...rest] : [element("p", { className: "none" }, none)]));
}

function showProblems() {
  showCounts("problems", summary.problems.map(({ code, field, count }) => ({
    title: codeWord(code),
    small: [codeNote(code), field ? element("span", { className: "mono" }, ` · ${field}`) : ""],
    count,
    href: linkTo({ code, field }),
  })), "tone-problem", word("noProblems"));
}

// What stands below a problem's title: its code, or what the code is.
function codeNote(code) {
  if (isOutcome(code)) {
    return word("means." + code.toLowerCase());
  }
  return hasWord("code." + code) ? element("span", { className: "mono" }, code) : word("refused");
}

function showCarried() {
  const fields = Object.entries(summary.carried_over).sort((a, b) => b[1] - a[1]);
  showCounts("carried", fields.map(([field, count]) => ({ title: field, count, href: linkTo({ carried: field }) })),
    "tone-carried", word("noneCarried"));
  const changes = Object.entries(summary.notes).sort((a, b) => b[1] - a[1]);
  byId("changes-card").hidden = changes.length === 0;
  showCounts("changes", changes.map(([kind, count]) => ({
    title: noteWord(kind),
    small: [element("span", { className: "mono" }, kind)],
    count,
  })), "tone-carried", "");
}

function showFacts() {
  const facts = [
    isCheck ? null : ["run", summary.run],
    ["records", count(summary.records)],
    ["started", moment(summary.started)],
    ["finished", moment(summary.finished)],
    ["took", duration(summary.seconds)],
    isCheck ? null : ["attempts", count(summary.attempts)],
    of("created") > 0 && summary.seconds >= 60 ? ["rate", count(summary.created_per_minute)] : null,
    ...["changed", "updated"].filter((key) => summary[key] > 0).map((key) =>
      [key, element("a", { href: linkTo({ code: key.toUpperCase() }) }, count(summary[key]))]),
    ...["deleted_later", "created_later", "fixed_later", "adopted", "gone_deleted"].filter((key) => summary[key] > 0).map((key) => [key, count(summary[key])]),
    summary.gone > 0 ? ["gone", element("span", {}, count(summary.gone), " (", ...links(["gone.csv"]), ")")] : null,
    ["files", element("span", {}, ...links(run.files))],
  ].filter((fact) => fact !== null);
  byId("facts").replaceChildren(...facts.flatMap(([key, value]) =>
    [element("dt", {}, word("fact." + key)), element("dd", {}, value)]));
  byId("sources").replaceChildren(...summary.sources.map((source) => element("li", {}, source.path,
    element("small", {}, [source.read_as, word("recordsOf", { n: source.records })].filter(Boolean).join(" · ")),
    ...source.warnings.map((warning) => element("p", {}, warning)))));
}

// Contacts created a minute, as bars; where there are more minutes than bars, each bar is the average of several.
function showThroughput() {
  const given = run.created;
  const start = given[0]?.[0] ?? 0;
  const minutes = given.length === 0 ? 0 : Math.floor((given.at(-1)[0] - start) / 60) + 1;
  // One minute has no course, even if the clock turns within it.
  const isShort = minutes < 2 || summary.seconds < 60;
  byId("throughput-card").hidden = isShort;
  if (isShort) {
    return;
  }
  const each = Math.ceil(minutes / 90);
  const bars = new Array(Math.ceil(minutes / each)).fill(0);
  for (const [second, created] of given) {
    bars[Math.floor((second - start) / 60 / each)] += created;
  }
  const rates = bars.map((created, at) => created / Math.min(each, minutes - at * each));
  byId("throughput").replaceChildren(
    element("p", { className: "quiet" }, word("perMinute")), chart(rates, start, each));
}

function chart(rates, start, each) {
  const draw = (tag, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  };
  const clock = (at) => new Date((start + at * each * 60) * 1000)
    .toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });
  // As wide as there is room, so that its letters are as large as those around it.
  const room = byId("throughput").clientWidth || 520;
  const [wide, high, left, below] = [Math.min(520, Math.max(240, room)), 180, 40, 22];
  const most = Math.max(...rates);
  const step = niceStep(most / 3);
  const top = Math.ceil(most / step) * step;
  const y = (rate) => 8 + (high - 8 - below) * (1 - rate / top);
  const made = draw("svg", { viewBox: `0 0 ${wide} ${high}`, class: "chart", role: "img",
    "aria-label": word("chart", { from: clock(0), to: clock(rates.length), most: Math.round(most) }) });
  for (let rate = 0; rate <= top; rate += step) {
    made.append(draw("line", { x1: left, x2: wide, y1: y(rate), y2: y(rate) }),
      draw("text", { x: left - 8, y: y(rate) + 4, "text-anchor": "end" }, count(rate)));
  }
  const width = (wide - left) / rates.length;
  const thick = Math.min(64, width * 0.8);
  rates.forEach((rate, at) => {
    const bar = draw("rect", { x: left + at * width + (width - thick) / 2, width: thick, y: y(rate), height: y(0) - y(rate), rx: Math.min(2, thick / 5) });
    const said = { time: clock(at), n: Math.round(rate * 10) / 10 };
    bar.append(draw("title", {}, each > 1 ? word("onAverage", said) : word("inMinute", said)));
    made.append(bar);
  });
  const end = left + rates.length * width;
  made.append(draw("text", { x: left, y: high - 4 }, clock(0)));
  if (end > left + 120) {
    made.append(draw("text", { x: end, y: high - 4, "text-anchor": "end" }, clock(rates.length)));
  }
  return made;
}

function niceStep(rough) {
  const size = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  return [1, 2, 5, 10].find((times) => times * size >= rough) * size;
}
