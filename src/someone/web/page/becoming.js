// The view "becoming": her days and mood over time, who she says she is, her nights, her skills. Whatever is chosen shows
// the moments behind it.

import * as door from "./door.js";
import { moments, said } from "./evidence.js";
import { make } from "./make.js";
import { steps, Timeline } from "./plots.js";
import { because, changes, ended, stepSays, stepTitle, stepWas, whole } from "./telling.js";

const at = (id) => document.querySelector(`#${id}`);
const VIEWS = ["time", "self", "nights", "skills"];
const SPANS = [[30, "A month"], [90, "Three months"], [365, "A year"], [40000, "All of it"]];
const ASPECTS = { am: "I am", want: "What I want", fear: "What I fear", learned: "What I’ve learned" };
const MAY = { written: "waits for your word", approved: "in use", shelved: "laid aside", off: "taken back" };
const A_MONTH = 30 * 86_400_000;

export class Becoming {
  #dialog = at("becoming");
  #span = 90;
  #seen = null; // what the home answered
  #steps = [];
  #when = "now";
  #asking = 0;
  #time = new Timeline(at("timeline"), {
    said: stepSays, day: (index) => this.#day(this.#steps[index]), item: (thing) => this.#told(thing),
  });

  constructor() {
    at("show-becoming").onclick = () => this.open();
    this.#dialog.addEventListener("click", ({ target }) => { if (target === this.#dialog) this.#dialog.close(); });
    for (const view of VIEWS) at(`tab-${view}`).onclick = () => this.#show(view);
    at("becoming-tabs").addEventListener("keydown", (event) => this.#arrow(event));
    at("becoming-span").onchange = ({ target }) => { this.#span = Number(target.value); this.#load(); };
    at("detail-close").onclick = () => this.#leave();
    at("detail-before").onclick = () => this.#time.choose(this.#time.chosen - 1);
    at("detail-after").onclick = () => this.#time.choose(this.#time.chosen + 1);
    for (const button of at("self-when").children) button.onclick = () => { this.#when = button.value; this.#self(); };
    new ResizeObserver(() => this.#draw()).observe(at("becoming-plot"));
  }

  get isOpen() { return this.#dialog.open; }

  async open(view = "time") {
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#show(view);
    await this.#load();
  }

  #show(view) {
    for (const name of VIEWS) {
      at(`tab-${name}`).setAttribute("aria-selected", name === view);
      at(`tab-${name}`).tabIndex = name === view ? 0 : -1;
      at(`becoming-${name}`).hidden = name !== view;
    }
    this.#dialog.scrollTop = 0;
  }

  #arrow(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = VIEWS.filter((v) => !at(`tab-${v}`).hidden);
    const next = shown[(shown.findIndex((v) => at(`tab-${v}`) === document.activeElement) + step + shown.length) % shown.length];
    at(`tab-${next}`).focus();
    this.#show(next);
  }

  // Whatever is asked of her home: what fails is told here.
  async #asked(work) {
    at("becoming-says").textContent = "";
    try {
      await work();
    } catch (error) {
      at("becoming-says").textContent = error.what ? `${error.what} ${error.do ?? ""}` : "She is not running. Nothing is lost.";
    }
  }

  // Do this, then show how things now stand.
  #then(work) {
    return this.#asked(async () => {
      await work();
      await this.#load();
      this.#dialog.querySelector("[role=tab][aria-selected=true]").focus({ preventScroll: true });
    });
  }

  #load() {
    return this.#asked(async () => {
      const seen = this.#seen = await door.becoming(this.#span);
      const life = (Date.now() - new Date(seen.since)) / 86_400_000;
      at("becoming-since").textContent = `I woke on ${said(seen.since)}.`;
      const fitting = SPANS.filter(([days], i) => i === 0 || SPANS[i - 1][0] < life);
      at("becoming-span").replaceChildren(...fitting.map(([days, name]) => make("option", { value: days }, days >= life ? "All of it" : name)));
      at("becoming-span").hidden = fitting.length < 2;
      at("becoming-span").value = fitting.some(([days]) => days === this.#span) ? this.#span : fitting.at(-1)[0];
      const nothing = !seen.days.some((d) => d.felt.length) && !seen.statements.length && !seen.nights.length;
      at("becoming-nothing").hidden = !nothing;
      at("becoming-some").hidden = nothing;
      at("tab-skills").hidden = !seen.skills.length;
      this.#leave();
      this.#steps = steps(seen.days);
      this.#draw();
      this.#words();
      this.#self();
      this.#nights();
      this.#skills();
    });
  }

  // Over time ----------------------------------------------------------------------------------------------------------

  #draw() {
    const width = Math.floor(at("becoming-plot").clientWidth);
    if (!this.#seen || !this.#steps.length || width < 120 || at("becoming-some").hidden) return;
    this.#time.draw(this.#steps, this.#lanes(), width);
  }

  #lanes() {
    const { statements, reflections, dreams, dreams_untold: untold, nights, skills } = this.#seen;
    const bars = Object.entries(ASPECTS).map(([aspect, name]) => ({ name, things: statements.filter((s) => s.aspect === aspect).map((s) => this.#bar(s)) }));
    const texts = (list, what) => list.map((t) => ({ id: t.id, kind: what, from: morning(t.night), full: true, says: `${what === "dream" ? "A dream" : "A night"}, ${said(t.night)}`, view: t }));
    const wrote = new Set(reflections.map((r) => r.night));
    const slept = nights.map((n) => ({ id: n.id, kind: "night", from: morning(n.night), full: wrote.has(n.night), says: `The night of ${said(n.night)}`, view: n }));
    return [
      ...bars.filter((lane) => lane.things.length),
      ...(dreams.length || untold ? [{ name: "Dreams", note: untoldSays(untold), dots: true, things: texts(dreams, "dream") }] : []),
      ...(slept.length ? [{ name: "Nights", dots: true, things: slept }] : []),
      ...(skills.length ? [{ name: "Skills", things: skills.filter((s) => s.since).map((s) => ({ id: s.name, kind: "skill", from: Date.parse(s.since), to: null, past: s.state !== "approved", text: called(s), says: `${called(s)}, ${MAY[s.state]}`, view: s })) }] : []),
    ];
  }

  #bar(s) {
    const before = s.replaces === null ? undefined : this.#seen.statements.find((b) => b.id === s.replaces);
    const says = `${s.text} ${since(s)}${before ? ` Before: ${before.text}` : ""}`;
    return { id: s.id, kind: "statement", from: Date.parse(s.since), to: s.until === null ? null : Date.parse(s.until), past: s.until !== null, before, text: bare(s.text), says, view: s };
  }

  // What is chosen stands in words below the drawing, with the moments behind it.
  #detail(title, ...parts) {
    at("detail-title").textContent = title;
    at("detail-body").replaceChildren(...parts);
    at("detail").hidden = false;
    at("detail-steps").hidden = this.#time.chosen < 0;
    at("detail-before").disabled = this.#time.chosen <= 0;
    at("detail-after").disabled = this.#time.chosen >= this.#steps.length - 1;
    // What was chosen stays in sight above it.
    const under = at("becoming-plot").getBoundingClientRect().top + this.#time.bottom - at("detail").getBoundingClientRect().top;
    if (under > 0) this.#dialog.scrollBy(0, under);
  }

  #leave() {
    at("detail").hidden = true;
    this.#asking += 1;
    if (this.#time.chosen >= 0 && this.#seen) this.#time.choose(-1);
  }

  #day(step) {
    const began = this.#seen.statements.filter((s) => inside(step, s.since));
    const over = this.#seen.statements.filter((s) => s.until !== null && s.ended !== "replaced" && inside(step, s.until));
    const felt = step.felt.map((f) => ({ line: make("p", {}, because(f)), ids: f.cause }));
    const more = [
      ...began.map((s) => ({ line: make("p", {}, ...this.#change(s)), ids: s.evidence })),
      ...over.map((s) => ({ line: make("p", {}, ended(s)), ids: s.evidence })),
      ...this.#seen.reflections.filter((r) => r.night >= step.from && r.night <= step.to).map((r) => ({ line: make("p", {}, `That night I wrote: “${r.text}”`), ids: r.evidence })),
    ];
    this.#detail(stepTitle(step), make("p", { class: "small" }, stepWas(step)), ...this.#behind([...felt, ...more]));
  }

  #change(s) {
    const before = s.replaces === null ? undefined : this.#seen.statements.find((b) => b.id === s.replaces);
    const line = (...words) => make("span", { class: "change" }, ...words);
    return before ? [line("Before: ", make("s", {}, before.text)), line("Now: ", make("strong", {}, s.text))] : [line("New: ", make("strong", {}, s.text))];
  }

  #told({ kind, view }) {
    if (kind === "statement") return this.#detail(ASPECTS[view.aspect], make("p", { class: "small" }, since(view)), ...this.#behind([{ line: make("p", {}, ...this.#change(view)), ids: view.evidence }]));
    if (kind === "dream") return this.#detail("A dream", make("p", { class: "small" }, `Dreamt in the night of ${said(view.night)}. It is made of things you told me; it did not happen.`), ...this.#behind([{ line: make("p", {}, view.text), ids: view.evidence }]));
    if (kind === "skill") return this.#detail(whole(called(view)), ...this.#behind([{ line: make("p", {}, `${view.about.replace(/[.]$/, "")}. ${skillSays(view)}`), ids: view.evidence }]));
    const wrote = this.#seen.reflections.filter((r) => r.night === view.night);
    return this.#detail(`The night of ${said(view.night)}`, make("p", { class: "small" }, view.told), ...this.#behind(wrote.map((r) => ({ line: make("p", {}, r.text), ids: r.evidence }))));
  }

  // Lines, each with the moments behind it, asked for all at once.
  #behind(lines) {
    const asking = ++this.#asking;
    const lists = lines.map(() => make("ul", { class: "evidence" }));
    const ids = [...new Set(lines.flatMap((l) => l.ids))].slice(-MOST);
    if (ids.length) this.#asked(async () => {
      await new Promise((go) => setTimeout(go, 120)); // who steps through the days asks for the last one only
      if (asking !== this.#asking) return;
      const found = new Map((await door.moments(ids)).map((m) => [m.id, m]));
      if (asking === this.#asking) lines.forEach((l, i) => lists[i].replaceChildren(...moments(l.ids.map((id) => found.get(id)).filter(Boolean))));
    });
    return lines.flatMap((l, i) => [l.line, lists[i]]);
  }

  // The drawing again, as a table.
  #words() {
    const rows = [...this.#steps].reverse().filter((s) => s.felt.length || s.lines).map((s) => make("tr", {},
      make("th", { scope: "row" }, stepTitle(s)), make("td", {}, s.word), make("td", {}, s.felt.map(because).join(" ") || "Nothing much moved me.")));
    at("becoming-table").replaceChildren(...rows);
  }

  // Who I am -----------------------------------------------------------------------------------------------------------

  #self() {
    const { statements, since: woke } = this.#seen;
    for (const button of at("self-when").children) button.setAttribute("aria-pressed", button.value === this.#when);
    const now = this.#when === "now", time = now ? Date.now() : Date.now() - A_MONTH;
    const held = statements.filter((s) => Date.parse(s.since) <= time && (s.until === null || Date.parse(s.until) > time));
    const none = now ? "Not much yet. What I come to be will stand here, with what it comes from."
      : Date.parse(woke) > time ? "A month ago we hadn’t met." : "A month ago I had nothing to say of myself.";
    const groups = Object.entries(ASPECTS).map(([aspect, name]) => [name, held.filter((s) => s.aspect === aspect)]).filter(([, list]) => list.length);
    at("self-held").replaceChildren(...(groups.length ? groups.flatMap(([name, list]) => [make("h3", {}, name), make("ul", {}, ...list.map((s) => this.#statement(s, now)))]) : [make("p", {}, none)]));
    const changed = changes(statements);
    at("self-changes").replaceChildren(...(changed.length ? [make("h3", {}, "What changed"), make("ul", {}, ...changed.map(({ when, s, before }) => make("li", {},
      make("p", { class: "small" }, said(when)), make("p", {}, ...(before ? this.#change(s) : [ended(s)])))))] : []));
  }

  #statement(s, now) {
    const list = make("ul", { class: "evidence", hidden: true });
    const stands = make("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: () => this.#stands(stands, list, s.evidence) }, "What this stands on");
    const steer = now ? this.#steering(s) : [];
    return make("li", {}, make("p", {}, s.text), make("p", { class: "small" }, since(s) + (s.pinned ? " You asked me to keep it so." : "")), make("div", { class: "row" }, stands, ...steer), list);
  }

  // On the person's word a statement stays, or goes; that it goes can't be undone, so the first press asks.
  #steering(s) {
    const keep = make("button", { type: "button", class: "quiet", "aria-pressed": String(s.pinned), onclick: () => this.#then(() => door.pin(s.id, !s.pinned)) }, s.pinned ? "Let it change again" : "Keep it so");
    return [keep, surely("Take it back", "Really take it back?", () => this.#then(() => door.takeBack(s.id)))];
  }

  async #stands(button, list, ids) {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    list.hidden = !open;
    if (open) await this.#asked(async () => list.replaceChildren(...moments(await door.moments(ids.slice(-MOST)))));
  }

  // Nights and skills --------------------------------------------------------------------------------------------------

  #nights() {
    const { nights, reflections, dreams, dreams_untold: untold } = this.#seen;
    const wrote = Map.groupBy ? Map.groupBy(reflections, (r) => r.night) : new Map(reflections.map((r) => [r.night, [r]]));
    const lines = [...nights].reverse().slice(0, 30).map((n) => make("li", {}, make("p", { class: "small" }, said(n.night)),
      ...(wrote.get(n.night) ?? []).map((r) => make("p", {}, r.text)), make("p", { class: "small" }, n.told)));
    at("nights-list").replaceChildren(...(lines.length ? lines : [make("li", { class: "none" }, "No night has passed yet.")]));
    at("dreams-list").replaceChildren(...[...dreams].reverse().map((d) => make("li", {}, make("p", { class: "small" }, `A dream, ${said(d.night)}`), make("p", {}, d.text))),
      ...(untold ? [make("li", { class: "none" }, untoldSays(untold))] : dreams.length ? [] : [make("li", { class: "none" }, "No dreams yet.")]));
  }

  #skills() {
    at("skills-list").replaceChildren(...this.#seen.skills.map((s) => this.#skill(s)));
  }

  #skill(s) {
    const card = make("div", { hidden: true });
    const read = make("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: () => this.#read(read, card, s) }, "Read it");
    const back = s.state === "approved" ? [surely("Take it back", "Really take it back?", () => this.#then(() => door.skillBack(s.name)))] : [];
    const shelf = { approved: ["Lay it aside", true], shelved: ["Use it again", false] }[s.state];
    const aside = shelf ? [make("button", { type: "button", class: "quiet", onclick: () => this.#then(() => door.skillAside(s.name, shelf[1])) }, shelf[0])] : [];
    return make("li", {}, make("p", {}, s.about || called(s)), make("p", { class: "small" }, skillSays(s)), make("div", { class: "row" }, read, ...aside, ...back), card);
  }

  // Exactly what is shown is what is allowed: its digest goes along.
  async #read(button, card, s) {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    card.hidden = !open;
    if (!open) return;
    await this.#asked(async () => {
      const text = await door.skill(s.name);
      const may = text.may.length ? `It ${text.may.join(" and ")}. Nothing else.` : "It may look at nothing: it works only with what you say to it.";
      const tried = text.passed < 0 ? "" : text.failed ? ` ${text.failed} of its examples did not come out right.` : " Its own examples came out right.";
      const waits = s.state === "written" || text.changed || text.skill.versions > text.skill.version;
      const allow = make("button", { type: "button", class: "soft", onclick: () => this.#then(() => door.skillAllow(s.name, text.digest)) }, "Allow exactly this");
      card.replaceChildren(make("pre", { tabindex: 0 }, text.text), ...(text.code ? [make("pre", { tabindex: 0 }, text.code)] : []),
        make("p", { class: "small" }, may + tried + (text.changed ? " Its files were changed since you allowed it." : "")), ...(waits ? [allow] : []));
    });
  }
}

// A button that asks once before it does what can't be undone.
const surely = (name, sure, does) => make("button", { type: "button", class: "quiet", onclick: ({ currentTarget: button }) => {
  if (button.dataset.sure) return does();
  button.dataset.sure = "yes";
  button.textContent = sure;
} }, name);

const MOST = 60; // moments asked for at once
const morning = (night) => new Date(`${night}T23:59`).getTime();
const inside = (step, iso) => { const day = new Date(iso); return day >= new Date(`${step.from}T00:00`) && day <= new Date(`${step.to}T23:59:59`); };
const bare = (text) => whole(text.replace(/^I(?:’|')?(?: am|m| want| fear|ve learned| have learned)(?: that)? /, ""));
const untoldSays = (n) => (n === 0 ? "" : n === 1 ? "There is a dream nobody asked about." : `There are ${n} dreams nobody asked about.`);
const since = (s) => (s.until === null ? `Since ${said(s.since)}.` : `From ${said(s.since)} until ${said(s.until)}.`);
const called = (skill) => skill.name.replaceAll("-", " ");
const skillSays = (s) => [whole(`${MAY[s.state]}.`), s.allowed.length ? `It ${s.allowed.join(" and ")}.` : "", s.used ? `Used ${s.used === 1 ? "once" : `${s.used} times`}.` : "Not used yet.", s.versions > 1 ? `This is version ${s.version} of ${s.versions}.` : ""].filter(Boolean).join(" ");
