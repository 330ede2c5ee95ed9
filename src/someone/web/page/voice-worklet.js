// Plays what comes without a gap, forgets it within one block when told to, and says how far it is.

const RATE = 24000;
const EVERY = 0.05; // seconds between two reports

class Mouth extends AudioWorkletProcessor {
  constructor() {
    super();
    this.queue = []; // {utterance, samples}
    this.head = 0; // position in the first piece, in samples of RATE
    this.played = 0; // seconds of the utterance that sounds
    this.utterance = -1;
    this.last = 0;
    this.power = 0;
    this.since = 0;
    this.port.onmessage = ({ data }) => this.told(data);
  }

  told(data) {
    if ("flush" in data) {
      this.queue = this.queue.filter((piece) => piece.utterance > data.flush);
      this.head = 0;
      if (this.utterance === data.flush) this.played = data.at; // from here she goes on, if she does
    } else {
      this.queue.push(data);
    }
  }

  process(_, [[out]]) {
    const step = RATE / sampleRate;
    for (let i = 0; i < out.length; i++) {
      const value = this.next(step);
      this.last = value === null ? this.last * 0.95 : value; // no click where it ends
      out[i] = this.last;
      this.power += this.last * this.last;
    }
    this.since += out.length;
    if (this.since >= EVERY * sampleRate) this.report(this.queue.length === 0);
    return true;
  }

  next(step) {
    const piece = this.queue[0];
    if (!piece) return null;
    if (piece.utterance !== this.utterance) { this.utterance = piece.utterance; this.played = 0; }
    const k = Math.floor(this.head);
    const here = piece.samples[k];
    const after = k + 1 < piece.samples.length ? piece.samples[k + 1] : this.queue[1]?.samples[0] ?? here;
    const value = (here + (after - here) * (this.head - k)) / 32768;
    this.head += step;
    this.played += step / RATE;
    if (this.head >= piece.samples.length) { this.head -= piece.samples.length; this.queue.shift(); }
    return value;
  }

  report(idle) {
    const level = this.since ? Math.sqrt(this.power / this.since) : 0;
    this.port.postMessage({ utterance: this.utterance, seconds: this.played, level, idle });
    this.power = 0;
    this.since = 0;
  }
}

registerProcessor("mouth", Mouth);
