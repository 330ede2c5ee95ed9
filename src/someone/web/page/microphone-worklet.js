// Any device's rate and channels to 16 kHz mono int16, in frames of 40 ms, each with its level.
import { Resampler } from "./resampler.js";

const FRAME = 640;

class Ears extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = sampleRate === 16000 ? null : new Resampler(sampleRate, 16000);
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
    this.power = 0;
  }

  process([channels]) {
    if (!channels || !channels.length) return true;
    const mono = this.mix(channels);
    for (const sample of this.resampler ? this.resampler.feed(mono) : mono) {
      const held = Math.max(-1, Math.min(1, sample));
      this.power += held * held;
      this.frame[this.filled++] = Math.round(held * 32767);
      if (this.filled === FRAME) this.give();
    }
    return true;
  }

  mix(channels) {
    if (channels.length === 1) return channels[0];
    const mono = new Float32Array(channels[0].length);
    for (const channel of channels) for (let i = 0; i < mono.length; i++) mono[i] += channel[i] / channels.length;
    return mono;
  }

  give() {
    const { frame } = this;
    this.port.postMessage({ frame, level: Math.sqrt(this.power / FRAME) }, [frame.buffer]);
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
    this.power = 0;
  }
}

registerProcessor("ears", Ears);
