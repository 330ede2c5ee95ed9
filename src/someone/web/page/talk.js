// The talk: the line, the microphone, her voice, and what is shown of them.

import * as door from "./door.js";
import { Microphone } from "./microphone.js";
import { Transcript } from "./transcript.js";
import { Voice } from "./voice.js";
import { Call, wanted } from "./webrtc.js";

const at = (id) => document.querySelector(`#${id}`);
const STATES = { resting: "", waking: "One moment, I am waking up", listening: "Listening", hearing: "I hear you", thinking: "Thinking", speaking: "Speaking" };
const REPORT_MS = 100;

export class Talk {
  #captions = []; // sentences that are on their way: {text, utterance, begin_s}
  #reported = 0;
  #sending = "";
  #ended = false;
  #typed = 0;

  constructor({ line, presence, troubles, timings }) {
    Object.assign(this, { line, presence, troubles, timings });
    this.microphone = new Microphone();
    this.voice = new Voice();
    this.call = new Call(door.offer);
    this.calls = false; // whether the sound is to go over WebRTC
    this.transcript = new Transcript(at("transcript"));
    this.state = "resting";
    presence.mic = () => this.microphone.level;
    presence.voice = () => (this.call.up ? this.call.level : this.voice.level);
    this.#listen();
    this.#buttons();
  }

  enter({ name, called, feeling, feeling_why: why, webrtc }, isNew) {
    this.name = name;
    this.calls = Boolean(webrtc) && wanted();
    at("name").textContent = document.title = this.transcript.name = name;
    at("words").placeholder = `Or write to ${name}`;
    this.#feel(feeling, why);
    if (isNew) {
      this.greeting = called ? `Hello, ${called}. I’m ${name}. It’s good to meet you.` : `Hello. I’m ${name}. It’s good to meet you.`;
      this.#caption(this.greeting, "hers");
    }
    this.#show("resting");
    this.line.connect();
  }

  // Ears and voice open only at the person's own tap.
  async begin() {
    at("begin").disabled = true;
    at("begin").setAttribute("aria-hidden", "true");
    this.#resume();
    await this.voice.open();
    try {
      await this.microphone.start();
      this.troubles.clear();
      this.mute(false);
      this.#call();
      if (this.state === "resting") this.#show("listening");
      at("begin-words").textContent = "";
      at("interrupt").focus({ preventScroll: true });
    } catch (kind) {
      this.troubles.show(typeof kind === "string" ? kind : "microphone_unsupported", () => this.begin());
      this.#rest();
    }
  }

  mute(on) {
    this.microphone.mute(on);
    this.line.send({ do: "mute", on });
    at("mute").setAttribute("aria-pressed", on);
    at("mute").querySelector("span").textContent = on ? "Muted" : "Mute";
    at("mute").disabled = !this.microphone.open;
    this.#status();
  }

  interrupt() {
    if (!this.#busy) return;
    this.#hush();
    this.line.send({ do: "interrupt" });
  }

  // Everything halts: what she says, what she does, and the microphone.
  stop() {
    this.#hush();
    this.line.send({ do: "stop" });
    this.#rest();
    at("status").textContent = "Stopped. Tap to talk again.";
  }

  async goodbye() {
    this.microphone.stop();
    await this.voice.open();
    this.say("Goodbye");
  }

  say(text) {
    const said = text.trim();
    if (!said || !this.line.send({ do: "say", text: said })) return false;
    this.#sending = said;
    this.#typed = performance.now();
    this.transcript.typed(said);
    return true;
  }

  get #busy() { return this.state === "thinking" || this.state === "speaking"; }

  #latest = -1;
  #silenced = -1;

  // While it is coming up, and where it does not, the sound goes over the line.
  #call() {
    if (this.calls && this.microphone.open && this.line.open) this.call.start(this.microphone.stream);
  }

  #hush() {
    this.voice.hush(this.#latest);
    this.call.hush();
  }

  #resume() {
    if (!this.#ended) return;
    this.#ended = false;
    this.line.connect();
  }

  #listen() {
    this.line.addEventListener("open", () => this.#opened());
    this.line.addEventListener("event", ({ detail }) => this.#on(detail));
    this.line.addEventListener("audio", ({ detail }) => this.#sound(detail));
    this.line.addEventListener("lost", ({ detail }) => this.#lost(detail));
    this.line.addEventListener("closed", () => { this.#rest(); this.#connected(false); });
    this.voice.addEventListener("played", ({ detail }) => this.#played(detail));
    this.microphone.addEventListener("frame", ({ detail }) => { if (!this.call.up) this.line.hear(detail.frame); });
    this.microphone.addEventListener("trouble", ({ detail }) => this.#micTrouble(detail));
  }

  #buttons() {
    at("begin").onclick = () => this.begin();
    at("mute").onclick = () => this.mute(!this.microphone.muted);
    at("interrupt").onclick = () => this.interrupt();
    at("stop").onclick = () => this.stop();
    at("goodbye").onclick = () => this.goodbye();
    at("composer").onsubmit = (event) => { event.preventDefault(); this.#write(); };
    at("words").onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.#write(); }
    };
  }

  async #write() {
    const words = at("words");
    if (!words.value.trim()) return;
    await this.voice.open();
    this.#resume();
    await this.line.ready(3000);
    if (this.say(words.value)) words.value = "";
    else this.troubles.show("lost");
  }

  async #opened() {
    this.voice.forget();
    this.#captions = [];
    this.#latest = this.#silenced = -1;
    this.troubles.clear("lost", "gone");
    this.#connected(true);
    if (this.microphone.open) this.mute(this.microphone.muted);
    this.#call();
    this.#show("waking");
    try {
      const moments = await door.journal();
      if (performance.now() - this.#typed > 500) this.transcript.load(moments);
      if (this.greeting) { this.transcript.greet(this.greeting); this.greeting = ""; }
      this.#restore(moments);
    } catch { /* the line itself tells when she is gone */ }
  }

  // What was sent into a dying line and never heard goes back to where it was written.
  #restore(moments) {
    const lost = this.#sending;
    this.#sending = "";
    if (lost && !moments.some((m) => m.who === "you" && m.text === lost) && !at("words").value) at("words").value = lost;
  }

  #lost({ reachable, tries }) {
    this.#connected(false);
    this.voice.hush(this.#latest);
    this.call.stop();
    this.#show("away");
    if (tries > 0) this.troubles.show(reachable ? "lost" : "gone");
  }

  #connected(on) {
    at("send").disabled = !on;
    at("goodbye").disabled = !on;
    document.body.dataset.line = on ? "open" : "lost";
  }

  #on(event) {
    const told = {
      State: () => { if (event.state === "listening" || event.state === "thinking") this.#cut(); this.#show(event.state); },
      Heard: () => this.#heard(event),
      Said: () => this.#said(event),
      Flush: () => this.#flushed(event),
      Feels: () => this.#feel(event.feeling, event.why),
      Notice: () => this.transcript.note(event.text),
      Trouble: () => { this.troubles.show(event); this.#sending = ""; },
      Timing: () => this.timings.show(event.stages),
      Parted: () => this.#parted(),
      Unasked: () => { if (this.transcript.unasked(event.id, event.text)) this.#caption(event.text, "hers"); },
    }[event.event];
    told?.();
  }

  #heard({ text, final }) {
    if (final && text) this.#cut();
    if (final) { this.#sending = ""; this.troubles.clear("error", "brain_unreachable", "brain_failed"); }
    this.transcript.heard(text, final);
    if (text) this.#caption(text, "theirs");
    else if (at("caption").className === "theirs") at("caption").classList.add("gone");
  }

  #said(event) {
    this.#latest = Math.max(this.#latest, event.utterance);
    this.#captions.push(event);
    if (this.call.up || !this.voice.sounds) this.#due(event.utterance, Infinity);
  }

  #played({ utterance, seconds, idle }) {
    this.#due(utterance, seconds + 0.05);
    const now = performance.now();
    if (!idle && now - this.#reported < REPORT_MS) return;
    this.#reported = now;
    this.line.send({ do: "played", utterance, seconds });
  }

  #due(utterance, seconds) {
    while (this.#captions.length && (this.#captions[0].utterance < utterance || (this.#captions[0].utterance === utterance && this.#captions[0].begin_s <= seconds))) {
      const { text, utterance: of } = this.#captions.shift();
      this.#caption(text.trim(), "hers");
      this.transcript.said(text, of);
    }
  }

  #sound(piece) {
    if (piece.utterance === this.#silenced) this.#silenced = -1; // she only paused
    this.#latest = Math.max(this.#latest, piece.utterance);
    this.voice.feed(piece);
  }

  #flushed({ utterance, at_s: at = 0 }) {
    this.voice.flush(utterance, at);
    this.#silenced = utterance;
  }

  // She fell silent and did not go on: the rest is unsaid.
  #cut() {
    if (this.#silenced < 0) return;
    const utterance = this.#silenced;
    this.#silenced = -1;
    this.#captions = this.#captions.filter((c) => c.utterance > utterance);
    this.transcript.cut(utterance);
    this.#fade();
  }

  #parted() {
    this.#ended = true;
    const wait = () => {
      if ((this.voice.playing || this.call.playing) && this.line.open && this.#ended) return setTimeout(wait, 200);
      if (!this.#ended) return;
      this.line.leave();
      this.#rest();
      at("status").textContent = "Goodbye. Come back whenever you like.";
    };
    setTimeout(wait, 600);
  }

  #micTrouble(kind) {
    if (kind === "microphone_silent") return this.troubles.show(kind);
    this.troubles.show(kind, () => this.begin());
    this.#rest();
  }

  // What she feels, and the cause: a calm one needs none.
  #feel(feeling, why = "") {
    at("feeling").textContent = !feeling ? "" : why && feeling !== "calm" ? `feels ${feeling}, because ${why}` : `feels ${feeling}`;
    this.presence.feel(feeling ?? "");
  }

  #caption(text, whose) {
    clearTimeout(this.fading);
    const caption = at("caption");
    caption.textContent = text;
    caption.className = whose;
  }

  #fade() {
    clearTimeout(this.fading);
    this.fading = setTimeout(() => at("caption").classList.add("gone"), 2500);
  }

  #rest() {
    this.microphone.stop();
    this.call.stop();
    at("begin").disabled = false;
    at("begin").removeAttribute("aria-hidden");
    at("begin-words").textContent = "Tap to talk";
    at("mute").disabled = true;
    at("mute").setAttribute("aria-pressed", "false");
    this.#show("resting");
  }

  #show(state) {
    if (state === "listening" && !this.microphone.open) state = "resting";
    if (state === "hearing" && this.state !== "hearing") at("caption").classList.add("gone");
    if (state === "listening" && this.state !== "listening") this.#fade();
    this.state = state;
    this.presence.way = state;
    document.body.dataset.state = state;
    at("interrupt").disabled = !this.#busy;
    this.#status();
  }

  #status() {
    const muted = this.microphone.open && this.microphone.muted && !this.#busy;
    at("status").textContent = muted ? "Muted. I don’t hear you." : STATES[this.state] ?? "";
  }
}
