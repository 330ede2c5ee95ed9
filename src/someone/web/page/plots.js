// Her days as one drawing: the course of her mood, and below it, on the same time, lanes of what began, changed and ended.
// Lengths are pixels of the page, so that words stay readable on a phone; times are milliseconds.

import { shape } from "./make.js";
import { colours } from "./moods.js";

const DAY = 86_400_000;
const WEEKLY_FROM = 150; // days from which a week becomes one step
const SIDE = 10, MOOD_TOP = 24, MOOD_HIGH = 132, AXIS = 24, HEAD = 24, ROW = 26, BAR = 20, APART = 14;
const LEAST = 0.28; // the pleasure that there is room for on either side of the usual, so that a calm month looks calm
const LETTER = 6.4; // the width of a letter in a bar, about
const shortly = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const monthly = new Intl.DateTimeFormat(undefined, { month: "short" });
const yearly = new Intl.DateTimeFormat(undefined, { month: "short", year: "2-digit" });

export const noon = (day) => new Date(`${day}T12:00`).getTime();
const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

// Days as steps of the drawing: each its own, or weeks of them where there are many.
export function steps(days) {
  const size = days.length >= WEEKLY_FROM ? 7 : 1;
  const out = [];
  for (let end = days.length; end > 0; end -= size) out.unshift(step(days.slice(Math.max(0, end - size), end)));
  return out;
}

function step(days) {
  const felt = days.flatMap((d) => d.felt);
  const words = days.map((d) => d.mood.word);
  const usual = [...new Set(words)].sort((a, b) => count(words, b) - count(words, a))[0];
  return {
    days, from: days[0].day, to: days.at(-1).day, at: (noon(days[0].day) + noon(days.at(-1).day)) / 2,
    pleasure: mean(days.map((d) => d.mood.pleasure)), arousal: mean(days.map((d) => d.mood.arousal)), word: usual,
    low: Math.min(...days.map((d) => d.low)), high: Math.max(...days.map((d) => d.high)),
    lines: days.reduce((sum, d) => sum + d.lines, 0),
    felt: days.length > 1 ? felt.sort((a, b) => b.intensity - a.intensity).slice(0, 4).sort((a, b) => a.id - b.id) : felt,
  };
}

const count = (list, one) => list.filter((x) => x === one).length;

export class Timeline {
  #svg; #steps = []; #lanes = []; #mark; #slider; #x; #y; #from; #chosen = -1; #says;

  // ``said(step)``: a step in words; ``day(index, near)`` and ``item(thing)``: what was chosen.
  constructor(svg, { said, day, item }) {
    this.#svg = svg;
    this.#says = said;
    Object.assign(this, { day, item });
  }

  get chosen() { return this.#chosen; }

  // Where what was chosen ends, from the top of the drawing.
  bottom = 0;

  // ``lanes``: [{name, note, dots, things: [{id, from, to, text, says, past, before}]}]; ``to`` null: it still holds.
  draw(stepsOf, lanes, width) {
    this.#steps = stepsOf;
    this.#lanes = lanes;
    const [from, to] = [noon(stepsOf[0].from) - DAY / 2, noon(stepsOf.at(-1).to) + DAY / 2];
    this.#from = from;
    this.#x = (t) => SIDE + ((clamp(t, from, to) - from) / (to - from)) * (width - 2 * SIDE);
    const usual = stepsOf.map((s) => s.pleasure).sort((a, b) => a - b)[Math.floor(stepsOf.length / 2)];
    const far = Math.max(LEAST, ...stepsOf.map((s) => Math.max(usual - s.low, s.high - usual)));
    this.#y = (p) => MOOD_TOP + (0.5 - (p - usual) / (2 * far)) * MOOD_HIGH;
    const parts = [];
    let y = MOOD_TOP + MOOD_HIGH + AXIS;
    for (const lane of lanes) {
      const drawn = this.#lane(lane, y, width);
      parts.push(drawn.element);
      y = drawn.bottom;
    }
    const height = y + 6;
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    Object.assign(this.#svg.style, { width: `${width}px`, height: `${height}px` });
    this.#svg.replaceChildren(...this.#ticks(from, to, width, height), this.#mood(width), ...parts);
    this.choose(clamp(this.#chosen, -1, stepsOf.length - 1), true);
  }

  // Mark a step, or none for -1.
  choose(index, quietly = false) {
    this.#chosen = index;
    const s = this.#steps[index];
    this.#mark.toggleAttribute("hidden", !s);
    this.#slider.setAttribute("aria-valuenow", Math.max(0, index));
    this.#slider.setAttribute("aria-valuetext", this.#says(s ?? this.#steps.at(-1)));
    if (!s) return;
    const [line, ring] = this.#mark.children;
    for (const end of ["x1", "x2"]) line.setAttribute(end, this.#x(s.at));
    ring.setAttribute("cx", this.#x(s.at));
    ring.setAttribute("cy", this.#y(s.pleasure));
    if (quietly) return;
    this.bottom = MOOD_TOP + MOOD_HIGH + AXIS;
    this.day(index);
  }

  // The mood -----------------------------------------------------------------------------------------------------------

  #mood(width) {
    const points = this.#steps.map((s) => [this.#x(s.at), this.#y(s.pleasure)]);
    const stir = this.#steps.map((s) => s.arousal);
    const [calmest, widest] = [Math.min(...stir), Math.max(...stir)];
    const thick = stir.map((a) => 0.9 + (2.1 * (a - calmest)) / Math.max(0.3, widest - calmest));
    this.#mark = shape("g", { class: "mark" }, shape("line", { y1: MOOD_TOP - 6, y2: MOOD_TOP + MOOD_HIGH + 4 }), shape("circle", { r: 8 }));
    this.#slider = shape("g", {
      class: "mood", role: "slider", tabindex: 0, "aria-label": "The days, one by one", "aria-valuemin": 0, "aria-valuemax": this.#steps.length - 1,
      onkeydown: (event) => this.#keys(event), onclick: (event) => this.#pointed(event),
    },
      shape("rect", { class: "field", x: 0, y: MOOD_TOP - 12, width, height: MOOD_HIGH + 24 }),
      shape("path", { class: "band", d: ribbon(points.map(([x], i) => [x, this.#y(this.#steps[i].high)]), points.map(([x], i) => [x, this.#y(this.#steps[i].low)])) }),
      shape("path", { class: "course", d: ribbon(points.map(([x, y], i) => [x, y - thick[i]]), points.map(([x, y], i) => [x, y + thick[i]])) }),
      this.#mark, ...this.#moved(points),
      shape("text", { class: "side", x: SIDE, y: MOOD_TOP - 10 }, "↑ brighter"),
      shape("text", { class: "side", x: SIDE, y: MOOD_TOP + MOOD_HIGH + 2 }, "↓ heavier"));
    return this.#slider;
  }

  // A point where something moved her: the strongest ones, with room between.
  #moved(points) {
    const strongest = this.#steps.map((s, i) => ({ i, felt: [...s.felt].sort((a, b) => b.intensity - a.intensity)[0] }))
      .filter(({ felt }) => felt && felt.intensity > 0.15).sort((a, b) => b.felt.intensity - a.felt.intensity);
    const kept = [];
    for (const one of strongest) if (kept.every((k) => Math.abs(points[k.i][0] - points[one.i][0]) >= APART)) kept.push(one);
    return kept.map(({ i, felt }) => {
      const dot = shape("circle", { class: "moved", cx: points[i][0], cy: points[i][1], r: 3.5 + 3 * felt.intensity });
      dot.style.fill = `rgb(${colours(felt.feeling)[1].join(" ")})`;
      dot.dataset.step = i;
      return dot;
    });
  }

  #pointed(event) {
    const near = event.target.dataset?.step;
    const x = event.clientX - this.#svg.getBoundingClientRect().left;
    const away = this.#steps.map((s) => Math.abs(this.#x(s.at) - x));
    this.choose(near === undefined ? away.indexOf(Math.min(...away)) : Number(near));
  }

  #keys(event) {
    const last = this.#steps.length - 1, now = this.#chosen < 0 ? last + 1 : this.#chosen;
    const next = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageUp: now + 7, PageDown: now - 7, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.choose(clamp(next, 0, last));
  }

  // Lanes --------------------------------------------------------------------------------------------------------------

  #lane(lane, top, width) {
    const things = lane.things.filter((t) => lane.dots ? t.from >= this.#from : (t.to ?? Infinity) > this.#from);
    const rows = lane.dots ? new Map() : rowsOf(things, (t) => this.#x(t));
    const group = shape("g", { role: "group", "aria-label": lane.name });
    group.append(shape("line", { class: "edge", x1: SIDE, x2: width - SIDE, y1: top, y2: top }), shape("text", { class: "lane", x: SIDE, y: top + 17 }, lane.name));
    if (lane.note) group.append(shape("text", { class: "note", x: SIDE + 12 + lane.name.length * 7.4, y: top + 17 }, lane.note));
    const shown = lane.dots ? apart(things, (t) => this.#x(t)) : things;
    const drawn = shown.map((thing) => lane.dots ? this.#dot(thing, top + HEAD + ROW / 2) : this.#bar(thing, top + HEAD + 3 + rows.get(thing.id) * ROW, width));
    drawn.forEach((element, i) => this.#choosable(element, shown[i], drawn, i));
    group.append(...drawn);
    const deep = lane.dots ? (shown.length ? 1 : 0) : Math.max(0, ...[...rows.values()].map((r) => r + 1));
    return { element: group, bottom: top + HEAD + deep * ROW + 6 };
  }

  #bar(thing, y, width) {
    const x = this.#x(thing.from), end = thing.to === null ? width - SIDE : this.#x(thing.to);
    const long = Math.max(BAR / 2, end - x - (thing.to === null ? 0 : 2));
    const room = Math.floor((long - 14) / LETTER);
    const words = room < 6 ? "" : thing.text.length <= room ? thing.text : `${thing.text.slice(0, room - 1).trimEnd()}…`;
    const bar = shape("g", { class: thing.past ? "bar past" : "bar" }, shape("rect", { x, y, width: long, height: BAR, rx: 7 }));
    if (thing.before && thing.from > this.#from) bar.append(shape("path", { class: "turn", d: `M${x - 1} ${y + BAR / 2 - 5}l5 5-5 5-5-5z` }));
    if (words) bar.append(shape("text", { x: x + 9, y: y + 14 }, words));
    return bar;
  }

  #dot(thing, y) {
    const x = this.#x(thing.from);
    return shape("g", { class: thing.full ? "dot full" : "dot" }, shape("rect", { class: "field", x: x - 7, y: y - 12, width: 14, height: 24 }), shape("circle", { cx: x, cy: y, r: 5 }));
  }

  // One of a lane is reached by Tab, the others by the arrows.
  #choosable(element, thing, all, i) {
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", thing.says);
    element.setAttribute("tabindex", i === all.length - 1 ? 0 : -1);
    element.onclick = () => {
      this.choose(-1);
      const box = element.getBBox();
      this.bottom = box.y + box.height + 6;
      this.item(thing);
    };
    element.onkeydown = (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); return element.onclick(); }
      const next = all[i + ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ?? 0)];
      if (!next || next === element) return;
      event.preventDefault();
      element.setAttribute("tabindex", -1);
      next.setAttribute("tabindex", 0);
      next.focus();
    };
  }

  // Time ---------------------------------------------------------------------------------------------------------------

  #ticks(from, to, width, height) {
    const { dates, write } = dated(from, to, width);
    return dates.flatMap((date) => {
      const x = this.#x(date.getTime());
      return [shape("line", { class: "tick", x1: x, x2: x, y1: MOOD_TOP - 6, y2: height }),
        shape("text", { class: "date", x, y: MOOD_TOP + MOOD_HIGH + 18 }, write.format(date))];
    });
  }
}

// Dates to be written below the mood, as many as there is room for: weeks, months or quarters.
function dated(from, to, width) {
  const begin = new Date(from), months = [1, 2, 3, 6, 12];
  const wide = (ms) => (ms / (to - from)) * width;
  const weeks = [7, 14].find((n) => wide(n * DAY) >= 58);
  const dates = [];
  if (weeks) {
    const date = new Date(begin.getFullYear(), begin.getMonth(), begin.getDate() + ((8 - begin.getDay()) % 7));
    for (; date.getTime() < to; date.setDate(date.getDate() + weeks)) dates.push(new Date(date));
  } else {
    const by = months.find((n) => wide(n * 30 * DAY) >= 52) ?? 12;
    const date = new Date(begin.getFullYear(), Math.ceil((begin.getMonth() + 1) / by) * by, 1);
    for (; date.getTime() < to; date.setMonth(date.getMonth() + by)) dates.push(new Date(date));
  }
  const roomy = dates.filter((d) => wide(d - from) > 22 && wide(to - d) > 22);
  return { dates: roomy, write: weeks ? shortly : to - from > 330 * DAY ? yearly : monthly };
}

// Bars in rows: what takes another's place follows it in its row; else the first row with room.
function rowsOf(things, x) {
  const rows = new Map(), ends = [];
  for (const thing of [...things].sort((a, b) => a.from - b.from)) {
    const after = thing.before ? rows.get(thing.before.id) : undefined;
    const free = ends.findIndex((end) => end + 4 <= x(thing.from));
    const row = after ?? (free < 0 ? ends.length : free);
    rows.set(thing.id, row);
    ends[row] = thing.to === null ? Infinity : Math.max(x(thing.to), x(thing.from) + BAR / 2);
  }
  return rows;
}

// Of points that would lie on each other, the fuller, and of these the newer.
function apart(things, x) {
  const kept = [];
  const first = [...things].sort((a, b) => Boolean(b.full) - Boolean(a.full) || b.from - a.from);
  for (const thing of first) if (kept.every((k) => Math.abs(x(k.from) - x(thing.from)) >= APART)) kept.push(thing);
  return kept.sort((a, b) => a.from - b.from);
}

// The area between two curves over the same x.
function ribbon(upper, lower) {
  if (upper.length === 1) {
    const [[x, top]] = upper, [[, bottom]] = lower;
    return `M${x - 3} ${top}h6V${bottom}h-6z`;
  }
  return `${curve(upper)}L${curve([...lower].reverse()).slice(1)}Z`;
}

// A smooth line that never swings past its points: monotone cubics (Fritsch & Carlson, SIAM J. Numer. Anal. 17, 1980,
// with the harmonic mean of neighbouring slopes as in Fritsch & Butland 1984).
function curve(points) {
  const slope = points.slice(1).map(([x, y], i) => (y - points[i][1]) / (x - points[i][0]));
  const lean = points.map((_, i) => {
    const [a, b] = [slope[i - 1] ?? slope[i], slope[i] ?? slope[i - 1]];
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b);
  });
  const n = (value) => value.toFixed(1);
  return points.map(([x, y], i) => {
    if (i === 0) return `M${n(x)} ${n(y)}`;
    const [x0, y0] = points[i - 1], third = (x - x0) / 3;
    return `C${n(x0 + third)} ${n(y0 + third * lean[i - 1])} ${n(x - third)} ${n(y - third * lean[i])} ${n(x)} ${n(y)}`;
  }).join("");
}
