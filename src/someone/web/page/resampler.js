// A streaming windowed-sinc resampler: any rate to any other, mono, band-limited to the lower of the two.

const ZEROS = 12; // zero crossings on each side
const FINE = 64; // table entries between two crossings

export class Resampler {
  constructor(from, to) {
    this.step = from / to;
    const cut = Math.min(1, to / from) * 0.94;
    this.reach = Math.ceil(ZEROS / cut);
    this.table = new Float32Array(ZEROS * FINE + 2);
    for (let i = 0; i < this.table.length; i++) {
      const x = i / FINE;
      const window = x < ZEROS ? 0.5 + 0.5 * Math.cos((Math.PI * x) / ZEROS) : 0;
      this.table[i] = (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window * cut;
    }
    this.cut = cut;
    this.held = new Float32Array(this.reach); // input not yet done with; begins with silence
    this.at = this.reach; // where the next output lies in `held`
  }

  // The samples that can be told by now; about `reach` input samples stay behind.
  feed(input) {
    const all = new Float32Array(this.held.length + input.length);
    all.set(this.held);
    all.set(input, this.held.length);
    const out = new Float32Array(Math.max(0, Math.ceil((all.length - this.reach - this.at) / this.step)));
    let n = 0;
    while (this.at + this.reach < all.length && n < out.length) {
      out[n++] = this.#sample(all, this.at);
      this.at += this.step;
    }
    const done = Math.max(0, Math.floor(this.at) - this.reach);
    this.held = all.slice(done);
    this.at -= done;
    return out.subarray(0, n);
  }

  #sample(all, at) {
    const first = Math.max(0, Math.ceil(at - this.reach));
    const last = Math.min(all.length - 1, Math.floor(at + this.reach));
    let sum = 0;
    for (let i = first; i <= last; i++) {
      const x = Math.abs(i - at) * this.cut * FINE;
      const k = x | 0;
      if (k < ZEROS * FINE) sum += all[i] * (this.table[k] + (this.table[k + 1] - this.table[k]) * (x - k));
    }
    return sum;
  }
}
