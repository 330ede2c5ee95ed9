// What went wrong, what is safe, and what to do: each trouble in words.

const TOLD = {
  microphone_denied: ["I am not allowed to use the microphone.", "Allow it at the left of the address bar, then try again. You can write to me meanwhile."],
  microphone_missing: ["I find no microphone.", "Plug one in or turn it on, then try again. You can write to me meanwhile."],
  microphone_busy: ["Another program holds the microphone.", "Close that program, or choose another microphone, then try again. You can write to me meanwhile."],
  microphone_gone: ["The microphone went away.", "Plug it in again, then try again. You can write to me meanwhile."],
  microphone_silent: ["I hear nothing at all from this microphone.", "Look for a mute switch on it, or choose another in the system's settings."],
  microphone_unsupported: ["This browser can't give me a microphone here.", "Open the page by the printed address in a current Firefox, Chrome, Edge or Safari. You can write to me meanwhile."],
  lost: ["I lost the connection to her.", "What was said is kept. I am trying again by myself."],
  gone: ["She is not running.", "What was said is kept. Run `someone` in a terminal; this page comes back by itself."],
  error: ["Something went wrong.", "What was said is kept. Say it again."],
};

export class Troubles {
  #box = document.querySelector("#trouble");
  #again = document.querySelector("#trouble-again");
  #retry = null;
  code = "";

  constructor() {
    document.querySelector("#trouble-close").onclick = () => this.clear();
    this.#again.onclick = () => { const retry = this.#retry; this.clear(); retry?.(); };
  }

  // `told` is a code of the above, or {code, what, safe, do} from her side; `retry` is what "Try again" does.
  show(told, retry = null) {
    const [what, act] = typeof told === "string" ? TOLD[told] ?? TOLD.error : [told.what, `${told.safe ?? ""} ${told.do ?? ""}`.trim()];
    const code = typeof told === "string" ? told : told.code;
    if (this.code === code && !this.#box.hidden) { this.#retry = retry; return; }
    this.code = code;
    this.#retry = retry;
    this.#again.hidden = !retry;
    document.querySelector("#trouble-what").textContent = what;
    document.querySelector("#trouble-do").textContent = act;
    this.#box.hidden = false;
  }

  clear(...codes) {
    if (codes.length && !codes.includes(this.code)) return;
    this.#box.hidden = true;
    this.code = "";
  }
}
