// Her days, changes and nights in words.

import { said } from "./evidence.js";

const full = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" });
const at = (day) => new Date(`${day}T12:00`);

export const whole = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
export const stepTitle = (step) => {
  const year = at(step.to).getFullYear(), named = year === new Date().getFullYear() ? "" : ` ${year}`;
  return (step.from === step.to ? full.format(at(step.from)) : `${short.format(at(step.from))} to ${short.format(at(step.to))}`) + named;
};
export const because = (felt) => `I felt ${felt.feeling}${felt.why ? `, because ${felt.why}` : ""}.`;

const mood = (step) => (step.from === step.to ? `My mood was ${step.word}.` : `My mood was mostly ${step.word}.`);
const lines = (n) => (n === 0 ? "You said nothing to me." : n === 1 ? "You said one thing." : `You said ${n} things.`);

// A day in a sentence, with its date and without.
export const stepSays = (step) => `${stepTitle(step)}. ${mood(step)}`;
export const stepWas = (step) => `${mood(step)} ${lines(step.lines)}`;

// Changes of her self, the newest first: one in the place of another, and what ended without.
export function changes(statements) {
  const byId = new Map(statements.map((s) => [s.id, s]));
  return [
    ...statements.filter((s) => byId.has(s.replaces)).map((s) => ({ when: s.since, s, before: byId.get(s.replaces) })),
    ...statements.filter((s) => s.until !== null && s.ended !== "replaced").map((s) => ({ when: s.until, s, before: null })),
  ].sort((a, b) => Date.parse(b.when) - Date.parse(a.when));
}

const ENDS = { person: "You took this back: ", contradicted: "This turned out not to hold: ", faded: "This faded: ", replaced: "This changed: ", "": "This ended: " };
export const ended = (s) => `${ENDS[s.ended]}“${s.text}”`;
