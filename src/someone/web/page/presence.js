// What one sees of her: a soft sun of slowly turning petals. It breathes at rest, opens to what it hears, turns inward to
// think, and its edge moves with her voice. With less motion wanted, only its light changes.

import { colours } from "./moods.js";

const PETALS = 7;
const POINTS = 72;
// How each way of being looks: breath (swing of size), turn (speed), stir (unevenness of the edge), glow, size.
const WAYS = {
  resting: { breath: 0.022, turn: 0.10, stir: 0.045, glow: 0.45, size: 0.86 },
  listening: { breath: 0.014, turn: 0.16, stir: 0.05, glow: 0.62, size: 0.92 },
  hearing: { breath: 0.008, turn: 0.18, stir: 0.06, glow: 0.75, size: 0.9 },
  thinking: { breath: 0.02, turn: 0.85, stir: 0.085, glow: 0.6, size: 0.8 },
  speaking: { breath: 0.01, turn: 0.3, stir: 0.06, glow: 0.95, size: 0.95 },
  away: { breath: 0.01, turn: 0.05, stir: 0.03, glow: 0.15, size: 0.78 },
};

const IN_TALK = new Set(["hearing", "thinking", "speaking", "listening"]);

export class Presence {
  way = "resting";
  mic = () => 0;
  voice = () => 0;

  constructor(canvas) {
    this.canvas = canvas;
    this.paint = canvas.getContext("2d");
    this.now = { ...WAYS.resting };
    this.colours = colours("calm");
    this.wanted = this.colours;
    this.loud = 0;
    this.open = 0;
    this.angle = 0;
    this.time = 0;
    this.before = 0;
    this.place = null;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    new ResizeObserver(() => this.#fit()).observe(canvas);
    requestAnimationFrame((at) => this.#frame(at));
  }

  feel(feeling) { this.wanted = colours(feeling); }

  #fit() {
    const ratio = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = Math.round(this.canvas.clientWidth * ratio);
    this.canvas.height = Math.round(this.canvas.clientHeight * ratio);
    this.ratio = ratio;
  }

  #frame(at) {
    requestAnimationFrame((next) => this.#frame(next));
    const passed = Math.min(0.1, (at - this.before) / 1000);
    if (this.calm.matches && passed < 0.1) return; // a few frames a second carry a change of light
    if (!IN_TALK.has(this.way) && passed < 0.03) return; // breathing needs no more, all night long
    this.before = at;
    this.#advance(passed);
    this.#draw();
  }

  #advance(passed) {
    const ease = 1 - Math.exp(-passed * 2.8);
    const aim = WAYS[this.way] ?? WAYS.resting;
    for (const key of Object.keys(aim)) this.now[key] += (aim[key] - this.now[key]) * ease;
    const slow = 1 - Math.exp(-passed * 0.9);
    this.colours = this.colours.map((colour, i) => colour.map((c, j) => c + (this.wanted[i][j] - c) * slow));
    const heard = this.way === "speaking" ? 0 : Math.min(1, this.mic() * 7);
    const spoken = this.way === "speaking" ? Math.min(1, this.voice() * 5.5) : 0;
    this.loud += (spoken - this.loud) * (1 - Math.exp(-passed * (spoken > this.loud ? 22 : 9)));
    this.open += (heard - this.open) * (1 - Math.exp(-passed * (heard > this.open ? 16 : 5)));
    if (!this.calm.matches) {
      this.angle += passed * this.now.turn;
      this.time += passed;
    }
    const glow = this.colours[3].map(Math.round).join(" ");
    if (glow !== this.shown) document.documentElement.style.setProperty("--glow", (this.shown = glow));
    this.#follow(ease);
  }

  // Rests where the visible heart of the page is.
  #follow(ease) {
    const heart = [...document.querySelectorAll(".heart")].find((e) => e.offsetParent !== null);
    if (!heart) return;
    const box = heart.getBoundingClientRect();
    const aim = { x: box.x + box.width / 2, y: box.y + box.height / 2, r: box.width / 2 };
    if (!this.place || this.calm.matches) { this.place = aim; return; }
    for (const key of Object.keys(aim)) this.place[key] += (aim[key] - this.place[key]) * Math.max(ease, 0.08);
  }

  #draw() {
    const { paint, ratio = 1 } = this;
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (!this.place) return;
    const breath = Math.sin((this.time * Math.PI * 2) / 6.5) * this.now.breath;
    const motion = this.calm.matches ? 0 : 1;
    const radius = this.place.r * (this.now.size * 0.82 + breath + motion * (this.loud * 0.055 + this.open * 0.05));
    paint.save();
    paint.translate(this.place.x, this.place.y);
    this.#halo(radius);
    if (!this.dark.matches) this.#shadow(radius);
    if (motion) this.#rings(radius);
    for (let i = 0; i < PETALS; i++) this.#petal(radius, i, motion);
    this.#heart(radius);
    if (motion) this.#motes(radius);
    paint.restore();
  }

  #halo(radius) {
    const { paint } = this;
    const light = this.now.glow * (0.55 + 0.45 * Math.max(this.loud, this.open));
    const far = radius * (1.9 + this.loud * 0.35 + this.open * 0.2);
    const halo = paint.createRadialGradient(0, 0, radius * 0.6, 0, 0, far);
    halo.addColorStop(0, this.#tint(3, 0.55 * light));
    halo.addColorStop(0.3, this.#tint(3, 0.27 * light));
    halo.addColorStop(0.55, this.#tint(3, 0.1 * light));
    halo.addColorStop(0.8, this.#tint(3, 0.025 * light));
    halo.addColorStop(1, this.#tint(3, 0));
    paint.fillStyle = halo;
    paint.fillRect(-far, -far, far * 2, far * 2);
  }

  #shadow(radius) {
    const { paint } = this;
    paint.save();
    paint.translate(0, radius * 1.16);
    paint.scale(1, 0.16);
    const shade = paint.createRadialGradient(0, 0, 0, 0, 0, radius * 0.85);
    shade.addColorStop(0, this.#tint(2, 0.2));
    shade.addColorStop(1, this.#tint(2, 0));
    paint.fillStyle = shade;
    paint.fillRect(-radius, -radius, radius * 2, radius * 2);
    paint.restore();
  }

  // Ripples of what she hears.
  #rings(radius) {
    if (this.open < 0.03) return;
    const { paint } = this;
    for (let i = 0; i < 3; i++) {
      const far = (this.time * 0.45 + i / 3) % 1;
      paint.beginPath();
      paint.arc(0, 0, radius * (1.04 + far * 0.42), 0, Math.PI * 2);
      paint.strokeStyle = this.#tint(1, (1 - far) * 0.5 * this.open);
      paint.lineWidth = 1.6;
      paint.stroke();
    }
  }

  #petal(radius, i, motion) {
    const { paint } = this;
    const turn = this.angle * (i % 2 ? -1 : 1) * (0.5 + i * 0.13) + (i * Math.PI * 2) / PETALS;
    const stir = this.now.stir + motion * (this.loud * 0.075 + this.open * 0.03);
    paint.beginPath();
    for (let p = 0; p <= POINTS; p++) {
      const a = (p / POINTS) * Math.PI * 2;
      const wave = Math.sin(a * 2 + turn * 2) * 0.6 + Math.sin(a * 3 - turn * 1.7 + i) * 0.4
        + motion * Math.sin(a * (5 + (i % 3)) + this.time * (3 + i * 0.6)) * this.loud * 0.55;
      const r = radius * (1 - i * 0.035 + stir * wave);
      if (p) paint.lineTo(Math.cos(a) * r, Math.sin(a) * r); else paint.moveTo(Math.cos(a) * r, Math.sin(a) * r);
    }
    const lean = turn * 0.5 - 2.1;
    const x = Math.cos(lean) * radius * 0.3;
    const y = Math.sin(lean) * radius * 0.3 - radius * 0.14;
    const fill = paint.createRadialGradient(x, y, radius * 0.05, 0, 0, radius * 1.12);
    fill.addColorStop(0, this.#tint(0, 0.5));
    fill.addColorStop(0.5, this.#tint(1, 0.42));
    fill.addColorStop(0.86, this.#tint(2, 0.36));
    fill.addColorStop(1, this.#tint(2, 0.2));
    paint.fillStyle = fill;
    paint.fill();
  }

  // The light within: higher and brighter while she speaks.
  #heart(radius) {
    const { paint } = this;
    const y = -radius * 0.26;
    const size = radius * (0.75 + this.loud * 0.25);
    const light = paint.createRadialGradient(-radius * 0.14, y, 0, -radius * 0.08, y, size);
    light.addColorStop(0, this.#tint(0, 0.55 + 0.35 * this.loud));
    light.addColorStop(1, this.#tint(0, 0));
    paint.fillStyle = light;
    paint.beginPath();
    paint.arc(0, 0, radius * 0.98, 0, Math.PI * 2);
    paint.fill();
  }

  // Thoughts: three small lights that circle.
  #motes(radius) {
    const shown = Math.max(0, (this.now.turn - 0.45) / 0.4);
    if (shown < 0.02) return;
    const { paint } = this;
    for (let i = 0; i < 3; i++) {
      const a = this.time * (1.5 - i * 0.16) + (i * Math.PI * 2) / 3;
      paint.beginPath();
      paint.arc(Math.cos(a) * radius * 1.22, Math.sin(a) * radius * 1.22, radius * 0.03 * (1 + 0.3 * Math.sin(this.time * 3 + i)), 0, Math.PI * 2);
      paint.fillStyle = this.#tint(1, Math.min(1, shown) * 0.85);
      paint.fill();
    }
  }

  #tint(i, alpha) {
    const [r, g, b] = this.colours[i];
    return `rgb(${r | 0} ${g | 0} ${b | 0} / ${alpha.toFixed(3)})`;
  }
}
