// The first run: the notice, three questions, and she chooses her name.

import * as door from "./door.js";

const STEPS = ["notice", "call_me", "voice", "about"];

export class Wakening {
  #form = document.querySelector("#questions");
  #naming = document.querySelector("#naming");
  #step = 0;

  // `awake` gets the state once she is; `trouble` is told what failed.
  constructor(presence, { awake, trouble }) {
    this.presence = presence;
    this.awake = awake;
    this.trouble = trouble;
    this.#form.onsubmit = (event) => { event.preventDefault(); this.#next(); };
    for (const back of this.#form.querySelectorAll(".back")) back.onclick = () => this.#show(this.#step - 1);
    document.querySelector("#decline").onclick = () => this.#declined();
    document.querySelector("#again").onclick = () => this.#named(door.again);
    document.querySelector("#keep").onclick = () => this.#keep();
    document.querySelector("#about").onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.#next(); }
    };
  }

  begin({ notice }) {
    const [title, ...told] = notice.split(/\n\s*\n/).map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
    document.querySelector("#notice-title").textContent = title.replace(/\.$/, "");
    const paragraphs = told.map((text) => {
      const p = document.createElement("p");
      p.textContent = text;
      return p;
    });
    document.querySelector("#notice").replaceChildren(...paragraphs);
    this.#show(0, false);
  }

  #show(step, focus = true) {
    this.#step = step;
    this.#naming.hidden = true;
    this.#form.hidden = false;
    document.body.dataset.step = STEPS[step];
    for (const part of this.#form.children) part.hidden = part.dataset.step !== STEPS[step];
    const able = this.#form.querySelector("fieldset:not([hidden])").querySelectorAll("input, textarea, button");
    if (focus) ([...able].find((e) => e.checked) ?? able[0])?.focus();
  }

  #next() {
    if (this.#step + 1 < STEPS.length) return this.#show(this.#step + 1);
    const given = new FormData(this.#form);
    return this.#named(() => door.name({
      accepts_notice: true, call_me: given.get("call_me").trim(), voice: given.get("voice"), about: given.get("about").trim(),
    }));
  }

  #declined() {
    document.querySelector("#closed-what").textContent = "All right.";
    document.querySelector("#closed-do").textContent = "Nothing was kept. You can close this page, and come back whenever you like.";
    document.body.dispatchEvent(new CustomEvent("view", { detail: "closed" }));
  }

  async #named(ask) {
    this.presence.way = "thinking";
    this.#busy(true);
    try {
      const { name, reason } = await ask();
      document.body.dataset.step = "naming";
      this.#form.hidden = true;
      this.#naming.hidden = true;
      await new Promise((resolve) => setTimeout(resolve, this.presence.calm.matches ? 0 : 900));
      document.querySelector("#chosen").textContent = name;
      document.querySelector("#reason").textContent = reason;
      this.#naming.hidden = false;
      document.querySelector("#chosen").focus();
      this.presence.way = "speaking";
    } catch (error) {
      this.presence.way = "resting";
      this.trouble(error);
    } finally {
      this.#busy(false);
    }
  }

  async #keep() {
    this.#busy(true);
    try {
      const state = await door.keep();
      delete document.body.dataset.step;
      this.presence.way = "resting";
      this.awake(state, true);
    } catch (error) {
      this.trouble(error);
    } finally {
      this.#busy(false);
    }
  }

  #busy(on) {
    for (const button of document.querySelectorAll("#wakening button")) button.disabled = on;
  }
}
