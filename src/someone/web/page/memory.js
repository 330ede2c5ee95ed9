// The drawer "what I know about you": what she holds line by line with what it stands on, the people, and the days.

import * as door from "./door.js";
import { calendar } from "./calendar.js";
import { moments, said } from "./evidence.js";
import { make } from "./make.js";
import { PeopleMap } from "./people-map.js";

const at = (id) => document.querySelector(`#${id}`);
const VIEWS = ["known", "people", "days"];

export class Memory {
  #dialog = at("memory");
  #month = new Date();
  #map = new PeopleMap(at("memory-map"), (key) => this.#about(key));

  constructor() {
    at("show-memory").onclick = () => this.open();
    this.#dialog.addEventListener("click", ({ target }) => { if (target === this.#dialog) this.#dialog.close(); });
    for (const view of VIEWS) at(`tab-${view}`).onclick = () => this.#show(view);
    at("memory-tabs").addEventListener("keydown", (event) => this.#arrow(event));
    at("memory-search").oninput = () => { clearTimeout(this.waiting); this.waiting = setTimeout(() => this.#known(), 250); };
    for (const id of ["memory-person", "memory-since", "memory-until"]) at(id).onchange = () => this.#known();
    at("month-before").onclick = () => this.#turn(-1);
    at("month-after").onclick = () => this.#turn(1);
  }

  get isOpen() { return this.#dialog.open; }

  async open() {
    if (!this.#dialog.open) this.#dialog.showModal();
    await this.#show("known");
  }

  async #show(view) {
    for (const name of VIEWS) {
      at(`tab-${name}`).setAttribute("aria-selected", name === view);
      at(`tab-${name}`).tabIndex = name === view ? 0 : -1;
      at(`memory-${name}`).hidden = name !== view;
    }
    await this.#asked(async () => {
      if (view === "known") { this.#names(await door.people()); await this.#known(); }
      if (view === "people") this.#people(await door.people());
      if (view === "days") await this.#days();
    });
  }

  #arrow(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (VIEWS.findIndex((v) => at(`tab-${v}`) === document.activeElement) + step + VIEWS.length) % VIEWS.length;
    at(`tab-${VIEWS[next]}`).focus();
    this.#show(VIEWS[next]);
  }

  // Whatever is asked of her home: what fails is told here, in the drawer.
  async #asked(work) {
    at("memory-says").textContent = "";
    try {
      await work();
    } catch (error) {
      at("memory-says").textContent = error.what ? `${error.what} ${error.do ?? ""}` : "She is not running. Nothing is lost.";
    }
  }

  // What I know -------------------------------------------------------------------------------------------------------

  #known() {
    const asked = { text: at("memory-search").value, person: at("memory-person").value, since: at("memory-since").value, until: at("memory-until").value };
    return this.#asked(async () => {
      const lines = await door.known(asked);
      const none = Object.values(asked).some(Boolean) ? "I hold nothing on that." : "Nothing yet. What you tell me of your life will stand here.";
      at("memory-lines").replaceChildren(...(lines.length ? lines.map((line) => this.#line(line)) : [make("li", { class: "none" }, none)]));
    });
  }

  #line(line) {
    const evidence = make("ul", { class: "evidence", hidden: true });
    const held = line.wrong ? "you said that this is wrong" : line.until ? `until ${said(line.until)}`
      : line.since && !line.happened ? `since ${said(line.since)}` : `you told me on ${said(line.told_at)}`;
    const words = make("p", {}, line.statement);
    return make("li", { class: line.current ? "" : "past" }, words,
      make("p", { class: "small" }, line.about && line.about !== "you" ? `${line.about} · ${held}` : held),
      make("div", { class: "row" },
        make("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: (e) => this.#evidence(e.currentTarget, evidence, line.id) }, "What this stands on"),
        make("button", { type: "button", class: "quiet", onclick: () => this.#correct(words, line) }, "Correct"),
        make("button", { type: "button", class: "quiet", onclick: (e) => this.#forget(e.currentTarget, line) }, "Forget")),
      evidence);
  }

  async #evidence(button, list, fact) {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    list.hidden = !open;
    if (open) await this.#asked(async () => list.replaceChildren(...moments(await door.behind(fact))));
  }

  #correct(words, line) {
    const field = make("textarea", { rows: 2, "aria-label": "How it really is" });
    field.value = line.statement;
    const keep = make("button", { type: "button", class: "soft", onclick: () => this.#asked(async () => { await door.correct(line.id, field.value); await this.#known(); }) }, "Keep this");
    const leave = make("button", { type: "button", class: "quiet", onclick: () => this.#known() }, "Leave it");
    words.replaceChildren(field, make("span", { class: "row" }, keep, leave));
    field.focus();
  }

  // Forgetting can't be undone, so the first press asks.
  #forget(button, line) {
    if (button.dataset.sure) return this.#asked(async () => { await door.forget((await door.behind(line.id)).map((m) => m.id)); await this.#known(); });
    button.dataset.sure = "yes";
    button.textContent = "Really forget? It can’t be undone.";
  }

  #names(people) {
    const chosen = at("memory-person").value;
    at("memory-person").replaceChildren(make("option", { value: "" }, "Everyone"), ...people.map((p) => make("option", { value: p.key }, p.relation ? `${p.name} (${p.relation})` : p.name)));
    at("memory-person").value = people.some((p) => p.key === chosen) ? chosen : "";
  }

  async #about(key) {
    await this.#show("known");
    at("memory-person").value = key;
    await this.#known();
  }

  // People and days ---------------------------------------------------------------------------------------------------

  #people(people) {
    this.#map.draw(people);
    at("memory-people-list").replaceChildren(...people.map((p) => make("li", {},
      make("button", { type: "button", class: "link", onclick: () => this.#about(p.key) }, p.name),
      ` ${[p.relation, p.birthday.replace(/\.$/, ""), `last mentioned ${said(p.last_at)}`].filter(Boolean).join(" · ")}`)));
    at("memory-people-none").hidden = people.length > 0;
  }

  #turn(months) {
    this.#month = new Date(this.#month.getFullYear(), this.#month.getMonth() + months, 1);
    return this.#days();
  }

  #days() {
    const month = `${this.#month.getFullYear()}-${String(this.#month.getMonth() + 1).padStart(2, "0")}`;
    return this.#asked(async () => {
      const days = (await door.days()).filter((d) => d.day.startsWith(month));
      at("month-name").textContent = this.#month.toLocaleDateString(undefined, { month: "long", year: "numeric" });
      at("memory-calendar").replaceChildren(calendar(this.#month, days, (one) => this.#day(one)));
      at("memory-day").replaceChildren();
    });
  }

  #day(one) {
    const mattered = [...one.facts.map((f) => f.statement), ...(one.people.length ? [`You spoke of ${one.people.join(", ")}.`] : []),
      ...(one.feelings.length ? [`I felt ${one.feelings.join(", then ")}.`] : [])];
    const count = one.lines === 1 ? "You said one thing." : `You said ${one.lines} things.`;
    at("memory-day").replaceChildren(make("h3", {}, said(one.day)), make("ul", { class: "evidence" }, ...[count, ...mattered].map((l) => make("li", {}, l))));
  }
}
