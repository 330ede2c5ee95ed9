// What happened last night, in a short card on the day's first opening. Kept here: only the day on which it was shown.

import * as door from "./door.js";

const at = (id) => document.querySelector(`#${id}`);
const SHOWN = "morning";
const date = (time) => `${time.getFullYear()}-${String(time.getMonth() + 1).padStart(2, "0")}-${String(time.getDate()).padStart(2, "0")}`;

export class Morning {
  constructor(more) {
    at("morning-close").onclick = () => this.#go();
    at("composer").addEventListener("submit", () => { at("morning").hidden = true; });
    at("begin").addEventListener("click", () => { at("morning").hidden = true; });
    at("morning-more").onclick = () => { this.#go(); more(); };
  }

  // Nothing where there was no night, where this day has had its card, or where her home can't say.
  async come() {
    const now = new Date(), today = date(now);
    if (remembered() === today) return;
    const [night] = await door.nights(1).catch(() => []);
    const yesterday = date(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1));
    if (!night || night.night < yesterday) return;
    remember(today);
    at("morning-says").textContent = night.told;
    at("morning").hidden = false;
  }

  #go() {
    at("morning").hidden = true;
    at("words").focus({ preventScroll: true });
  }
}

// A browser may refuse to keep anything; then the card comes at each opening.
function remembered() {
  try { return localStorage.getItem(SHOWN); } catch { return null; }
}

function remember(day) {
  try { localStorage.setItem(SHOWN, day); } catch { /* as above */ }
}
