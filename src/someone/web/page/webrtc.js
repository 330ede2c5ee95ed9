// The sound of the talk over WebRTC: for phones, which keep it steadier and free of echo. Only where the server has it
// and the person wants it (?audio=webrtc, remembered until ?audio=plain) or is on a phone; else, and whenever a call does
// not come up, the sound goes over the line as ever.

const COMING_UP_MS = 6000;
const AUDIBLE = 0.003; // of full scale
const HUSHED_MS = 600; // her side has heard of it by then

const asked = new URLSearchParams(location.search).get("audio"); // read before the address is tidied up

// What was asked for, this time or the last; "" for nothing.
function wish() {
  try {
    if (asked === "webrtc" || asked === "plain") localStorage.setItem("audio", asked);
    return localStorage.getItem("audio") ?? "";
  } catch {
    return asked ?? "";
  }
}

export function wanted() {
  if (!window.RTCPeerConnection) return false;
  const wishes = wish();
  const phone = navigator.userAgentData?.mobile ?? matchMedia("(pointer: coarse) and (max-width: 600px)").matches;
  return wishes === "webrtc" || (wishes !== "plain" && phone);
}

export class Call {
  #connection = null;
  #element = null;
  #context = null;
  #meter = null;
  #samples = new Float32Array(1024);
  #audible = -Infinity;
  #hushing = 0;

  constructor(offer) { this.offer = offer; } // sends an offer to the server, resolves to its answer

  // Both ways of the sound go through it.
  get up() { return this.#connection?.connectionState === "connected"; }

  // Her voice as it sounds now.
  get level() {
    if (!this.up || !this.#meter || this.#element.muted) return 0;
    this.#meter.getFloatTimeDomainData(this.#samples);
    const level = Math.sqrt(this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length);
    if (level > AUDIBLE) this.#audible = performance.now();
    return level;
  }

  get playing() { return this.level > AUDIBLE || performance.now() - this.#audible < 500; }

  // Resolves to whether it came up.
  async start(stream) {
    this.stop();
    const connection = new RTCPeerConnection({ iceServers: [] }); // nobody is asked for the way
    this.#connection = connection;
    connection.ontrack = ({ streams, track }) => this.#sound(streams[0] ?? new MediaStream([track]));
    for (const track of stream.getAudioTracks()) connection.addTrack(track, stream);
    try {
      await connection.setLocalDescription(await connection.createOffer());
      const { sdp } = connection.localDescription;
      await connection.setRemoteDescription(await this.offer({ type: "offer", sdp }));
      await connected(connection);
      connection.onconnectionstatechange = () => { if (this.#connection === connection && !this.up) this.stop(); };
      return true;
    } catch {
      if (this.#connection === connection) this.stop();
      return false;
    }
  }

  stop() {
    this.#connection?.close();
    this.#context?.close();
    if (this.#element) this.#element.srcObject = null;
    this.#connection = this.#context = this.#meter = null;
  }

  // Silence now, until her side has heard of it.
  hush() {
    if (!this.#element) return;
    this.#element.muted = true;
    clearTimeout(this.#hushing);
    this.#hushing = setTimeout(() => { this.#element.muted = false; }, HUSHED_MS);
  }

  #sound(stream) {
    this.#element ??= new Audio();
    this.#element.muted = false;
    this.#element.srcObject = stream;
    this.#element.play().catch(() => {}); // it was opened by a tap
    this.#context = new AudioContext();
    this.#meter = this.#context.createAnalyser();
    this.#meter.fftSize = this.#samples.length;
    this.#context.createMediaStreamSource(stream).connect(this.#meter);
  }
}

function connected(connection) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("late")), COMING_UP_MS);
    const look = () => {
      if (connection.connectionState === "connected") resolve();
      else if (["failed", "closed"].includes(connection.connectionState)) reject(new Error(connection.connectionState));
      else return;
      clearTimeout(late);
    };
    connection.onconnectionstatechange = look;
    look();
  });
}
