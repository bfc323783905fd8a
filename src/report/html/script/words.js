"use strict";
// The data of the page, its words, and how elements are made. Whatever comes from files or the service becomes text here,
// never markup.

const data = (id) => JSON.parse(document.getElementById(id).textContent);
const run = data("facts-of-run");
const rows = data("rows");
const allWords = data("words");
const summary = run.summary;
const isCheck = summary.run === "check";

// The places of a row's parts.
const OUTCOME = 0, SOURCE = 1, LINE = 2, NUMBER = 3, NAME = 4, CONTACT = 5, ATTEMPTS = 6, CODE = 7, FIELD = 8, MESSAGE = 9,
  PROBLEMS = 10, CARRIED = 11, REACH = 12;

let language = allWords[run.language] ? run.language : "en";
let numbers, percents, plurals;

function byId(id) {
  return document.getElementById(id);
}

function setLanguage(chosen) {
  language = chosen;
  numbers = new Intl.NumberFormat(chosen);
  percents = new Intl.NumberFormat(chosen, { style: "percent", maximumFractionDigits: 1 });
  plurals = new Intl.PluralRules(chosen);
  document.documentElement.lang = chosen;
}

function count(n) {
  return numbers.format(n);
}

// Whether the page knows a word, such as the title of a problem's code.
function hasWord(key) {
  return Object.hasOwn(allWords[language], key);
}

// A word in the reader's language; `n` chooses between one and many, and numbers are written as the language does.
function word(key, values = {}) {
  let text = allWords[language][key] ?? key;
  if (typeof text === "object") {
    text = text[plurals.select(values.n)] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? count(value) : value;
  });
}

// A message in the reader's language: a text that stays as it is, or `[key, values]`.
function sentence(said) {
  if (!Array.isArray(said)) {
    return said;
  }
  const [key, values] = said;
  return word("say." + key, Object.fromEntries(Object.entries(values).map(([name, value]) =>
    [name, Array.isArray(value) ? sentence(value) : value])));
}

function outcomeWord(outcome) {
  return word("outcome." + outcome);
}

function codeWord(code) {
  if (code === "") {
    return word("noCode");
  }
  if (isOutcome(code)) {
    return outcomeWord(code.toLowerCase());
  }
  return hasWord("code." + code) ? begun(word("code." + code)) : code;
}

// Where the service gave no code, the outcome stands in its place.
function isOutcome(code) {
  return run.outcomes.includes(code.toLowerCase());
}

// A text that begins a line.
function begun(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function noteWord(kind) {
  return hasWord("note." + kind) ? begun(word("note." + kind)) : kind;
}

// An element with properties and children; strings become text.
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") {
      made.setAttribute(name, value);
    } else {
      made[name] = value;
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function colored(tag, outcome) {
  const made = element(tag, { "aria-hidden": "true" });
  made.style.background = `var(--${outcome})`;
  return made;
}

function dot(outcome) {
  const made = colored("i", outcome);
  made.className = "dot";
  return made;
}

// The address of the records that a filter leaves.
function linkTo(filter) {
  return "#?" + new URLSearchParams(filter).toString();
}

function moment(text) {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text
    : time.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

function duration(seconds) {
  if (seconds < 90) {
    return word("seconds", { n: seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds) });
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? word("minutes", { n: minutes }) : word("hours", { h: Math.floor(minutes / 60), n: minutes % 60 });
}
