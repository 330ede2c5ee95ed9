// A month of days: how much was said on each, and what mattered. Weeks begin on Monday.

import { make } from "./make.js";

export function calendar(month, days, chosen) {
  const byDay = new Map(days.map((d) => [Number(d.day.slice(8)), d]));
  const most = Math.max(1, ...days.map((d) => d.lines));
  const first = (new Date(month.getFullYear(), month.getMonth(), 1).getDay() + 6) % 7;
  const last = new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate();
  const names = [...Array(7).keys()].map((i) => new Date(2024, 0, 1 + i).toLocaleDateString(undefined, { weekday: "short" }));
  const cells = [...Array(first).fill(null), ...[...Array(last).keys()].map((i) => i + 1)];
  const weeks = [];
  for (let i = 0; i < cells.length; i += 7) weeks.push([...cells.slice(i, i + 7), ...Array(Math.max(0, i + 7 - cells.length)).fill(null)]);
  return make("table", { class: "month" },
    make("caption", { class: "unseen" }, "Days of the month; a fuller day was talked about more"),
    make("thead", {}, make("tr", {}, ...names.map((n) => make("th", { scope: "col" }, n)))),
    make("tbody", {}, ...weeks.map((week) => make("tr", {}, ...week.map((number) => make("td", {}, ...cell(number, byDay.get(number), most, chosen)))))));
}

function cell(number, day, most, chosen) {
  if (number === null) return [];
  if (!day) return [make("span", { class: "day" }, String(number))];
  const full = (0.2 + 0.8 * Math.sqrt(day.lines / most)).toFixed(2);
  const button = make("button", { type: "button", class: "day", "aria-label": `${day.day}: you said ${day.lines} ${day.lines === 1 ? "thing" : "things"}`, onclick: () => chosen(day) }, String(number));
  button.style.setProperty("--full", full);
  return [button];
}
