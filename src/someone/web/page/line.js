// The WebSocket to her: opens, comes back after a drop, and says why when it can't.
//
// Events: "open", "event" (a JSON event), "audio" ({utterance, index, samples}), "lost" (coming back by itself),
// "closed" (detail: "taken" | "unknown" | "asleep"): needs the person.

const WAITS_MS = [300, 700, 1500, 3000, 6000, 10000];
const STEADY_MS = 5000; // a connection that lived so long was a good one

export class Line extends EventTarget {
  #socket = null;
  #tries = 0;
  #timer = 0;
  #wanted = false;

  constructor(check) {
    super();
    this.check = check; // resolves to "in", "unknown", "asleep" or "unreachable"
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#hurry(); });
  }

  get open() { return this.#socket?.readyState === WebSocket.OPEN; }

  connect() {
    this.#wanted = true;
    clearTimeout(this.#timer);
    if (this.#socket) return;
    const socket = new WebSocket(`ws://${location.host}/talk`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    const begun = performance.now();
    socket.onopen = () => this.#tell("open");
    socket.onmessage = ({ data }) => this.#took(data);
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      if (performance.now() - begun > STEADY_MS) this.#tries = 0;
      this.#ended(code);
    };
  }

  // Resolves once the line is open, or when it has not come in time.
  ready(patience_ms) {
    if (this.open) return Promise.resolve();
    return new Promise((resolve) => {
      this.addEventListener("open", resolve, { once: true });
      setTimeout(resolve, patience_ms);
    });
  }

  leave() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.send({ do: "leave" });
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  send(command) {
    if (!this.open) return false;
    this.#socket.send(JSON.stringify(command));
    return true;
  }

  // Sound is worth nothing late: what can't leave now is dropped.
  hear(samples) {
    if (this.open && this.#socket.bufferedAmount < 64000) this.#socket.send(samples);
  }

  #took(data) {
    if (typeof data === "string") {
      const event = JSON.parse(data);
      this.#tell("event", event);
    } else {
      const head = new DataView(data);
      this.#tell("audio", {
        utterance: head.getUint32(0, true), index: head.getUint32(4, true), samples: new Int16Array(data.slice(8)),
      });
    }
  }

  async #ended(code) {
    if (!this.#wanted) return;
    if (code === 4001) return this.#give("taken");
    if (code === 4004) return this.#give("asleep");
    const found = await this.check();
    if (!this.#wanted || this.#socket) return;
    if (found === "unknown" || found === "asleep") return this.#give(found);
    this.#tell("lost", { reachable: found === "in", tries: this.#tries });
    const wait = WAITS_MS[Math.min(this.#tries++, WAITS_MS.length - 1)];
    this.#timer = setTimeout(() => this.connect(), wait * (0.8 + Math.random() * 0.4));
  }

  #give(why) {
    this.#wanted = false;
    this.#tell("closed", why);
  }

  #hurry() {
    if (this.#wanted && !this.#socket) this.connect();
  }

  #tell(kind, detail) { this.dispatchEvent(new CustomEvent(kind, { detail })); }
}
