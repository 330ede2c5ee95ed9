// Her voice. Where it can't sound, what comes counts as played when it comes, so that she can still be read.
//
// Event "played": {utterance, seconds, idle}.

export class Voice extends EventTarget {
  #context = null;
  #mouth = null;
  #unheard = { utterance: -1, seconds: 0 };
  #sent = { utterance: -1, seconds: -1 };
  #hushed = -1;
  level = 0;
  heard = 0; // seconds that have sounded, all together

  playing = false;

  get sounds() { return this.#context?.state === "running"; }

  // Must be called from a gesture; safe to call again.
  async open() {
    try {
      this.#context ??= await this.#build();
      await this.#context.resume();
    } catch {
      this.#context = null; // no way to sound here; the words still come
    }
  }

  feed({ utterance, samples }) {
    if (!samples.length || utterance <= this.#hushed) return;
    if (this.sounds) return this.#mouth.port.postMessage({ utterance, samples }, [samples.buffer]);
    if (this.#unheard.utterance !== utterance) this.#unheard = { utterance, seconds: 0 };
    this.#unheard.seconds += samples.length / 24000;
    this.#report({ ...this.#unheard, level: 0, idle: true });
  }

  // Silence now; what is on its way to us already is dropped until her side has heard of it.
  hush(utterance) {
    this.#hushed = utterance;
    this.#drop(utterance, 0);
  }

  // Her side fell silent; the same utterance may go on later, from `at` seconds.
  flush(utterance, at) {
    this.#hushed = -1;
    this.#drop(utterance, at);
  }

  #drop(utterance, at) {
    this.level = 0;
    this.playing = false;
    if (this.#unheard.utterance === utterance) this.#unheard.seconds = at;
    this.#mouth?.port.postMessage({ flush: utterance, at });
  }

  // A session that begins anew counts its utterances anew.
  forget() {
    this.#mouth?.disconnect();
    if (this.#context) this.#connect(this.#context);
    this.#sent = { utterance: -1, seconds: -1 };
    this.#hushed = -1;
  }

  async #build() {
    const context = new AudioContext({ sampleRate: 24000, latencyHint: "interactive" });
    await context.audioWorklet.addModule("/voice-worklet.js");
    this.#connect(context);
    return context;
  }

  #connect(context) {
    this.#mouth = new AudioWorkletNode(context, "mouth", { numberOfInputs: 0, outputChannelCount: [1] });
    this.#mouth.port.onmessage = ({ data }) => this.#report(data);
    this.#mouth.connect(context.destination);
  }

  #report({ utterance, seconds, level, idle }) {
    this.level = idle ? 0 : level;
    this.playing = !idle;
    if (utterance < 0) return;
    const { utterance: before, seconds: until } = this.#sent;
    if (utterance === before && seconds === until) return;
    this.heard += utterance === before ? Math.max(0, seconds - until) : seconds;
    this.#sent = { utterance, seconds };
    this.dispatchEvent(new CustomEvent("played", { detail: { utterance, seconds, idle } }));
  }
}
