// The microphone, with echo cancellation, so that she does not hear herself.
//
// Events: "frame" ({frame: Int16Array, level}), "trouble" (a kind of troubles.js).

const SILENT_S = 8;

export class Microphone extends EventTarget {
  #context = null;
  #stream = null;
  #silent = 0;
  muted = false;
  level = 0;

  get open() { return this.#stream !== null; }

  get stream() { return this.#stream; }

  // Throws the kind of trouble, a string.
  async start() {
    if (this.#stream) return;
    if (!navigator.mediaDevices?.getUserMedia || !window.AudioWorkletNode) throw "microphone_unsupported";
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
      });
    } catch (error) {
      throw kindOf(error);
    }
    const context = new AudioContext({ latencyHint: "interactive" });
    await context.audioWorklet.addModule("/microphone-worklet.js");
    await context.resume();
    const ears = new AudioWorkletNode(context, "ears", { numberOfOutputs: 0 });
    ears.port.onmessage = ({ data }) => this.#took(data);
    context.createMediaStreamSource(stream).connect(ears);
    const [track] = stream.getAudioTracks();
    track.onended = () => { this.stop(); this.#tell("trouble", "microphone_gone"); };
    this.#context = context;
    this.#stream = stream;
    this.#silent = 0;
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) { track.onended = null; track.stop(); }
    this.#context?.close();
    this.#context = this.#stream = null;
    this.level = 0;
  }

  // A muted microphone gives nothing at all, and its track is silenced at the source.
  mute(on) {
    this.muted = on;
    for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = !on;
    if (on) this.level = 0;
  }

  #took({ frame, level }) {
    if (this.muted || !this.#stream) return;
    this.level = level;
    this.#silent = level > 0 ? -Infinity : this.#silent + frame.length / 16000; // one sound, and it is no dead one
    if (this.#silent > SILENT_S) { this.#silent = -Infinity; this.#tell("trouble", "microphone_silent"); }
    this.#tell("frame", { frame, level });
  }

  #tell(kind, detail) { this.dispatchEvent(new CustomEvent(kind, { detail })); }
}

function kindOf(error) {
  return {
    NotAllowedError: "microphone_denied", SecurityError: "microphone_denied", NotFoundError: "microphone_missing",
    OverconstrainedError: "microphone_missing", NotReadableError: "microphone_busy", AbortError: "microphone_busy",
  }[error?.name] ?? "microphone_unsupported";
}
