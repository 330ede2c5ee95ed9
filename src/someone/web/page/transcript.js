// What was said, as it happens. Text goes in as text, never as markup.

// A reply that was cut, as it looked when it was; one that was cut before its first word was none.
const spoken = (text) => text.replace(/\s*— \(cut short\)$/, " —").replace(/^ —$/, "");

export class Transcript {
  #interim = null;
  #line = null;
  #utterance = -1;
  #typed = null;
  #unasked = new Map();

  name = "";

  constructor(list) { this.list = list; }

  // The journal's moments, in the place of all that is shown.
  load(moments) {
    this.list.setAttribute("aria-live", "off"); // a past talk is not read out
    this.list.replaceChildren();
    this.#interim = this.#line = this.#typed = null;
    this.#utterance = -1;
    const told = [...this.#unasked]; // may be newer than these moments
    this.#unasked.clear();
    for (const { id, kind, who, text } of moments) {
      if (kind === "Disclosed") this.#add("aside", text);
      else if (kind === "Reached") this.unasked(id, text);
      else if (kind !== "Met" && spoken(text)) this.#add(who, spoken(text));
    }
    for (const [id, text] of told) if (moments.every((m) => m.id < id)) this.unasked(id, text);
    requestAnimationFrame(() => this.list.setAttribute("aria-live", "polite"));
  }

  typed(text) {
    this.#typed = text;
    this.#add("you", text);
  }

  heard(text, final) {
    if (final && this.#typed === text.trim()) { this.#typed = null; return; }
    if (!this.#interim && !text) return;
    this.#interim ??= this.#add("you", "");
    this.#interim.textContent = text;
    this.#interim.classList.toggle("faint", !final);
    if (!text) this.#drop();
    if (final) this.#interim = null;
    this.#down();
  }

  said(text, utterance) {
    if (utterance !== this.#utterance || !this.#line) {
      this.#line = this.#add("her", "");
      this.#utterance = utterance;
      text = text.trimStart();
    }
    const words = this.#line.textContent;
    this.#line.textContent = words && !/\s$/.test(words) && !/^\s/.test(text) ? `${words} ${text}` : words + text;
    this.#down();
  }

  cut(utterance) {
    if (utterance === this.#utterance && this.#line) this.#line.textContent = `${this.#line.textContent.trimEnd()} —`;
    this.#line = null;
    this.#drop();
  }

  // Said unasked. False where it stands there already.
  unasked(id, text) {
    if (this.#unasked.has(id)) return false;
    this.#unasked.set(id, text);
    const line = this.#add("her", text);
    line.classList.add("unasked");
    const mark = document.createElement("small");
    mark.textContent = "I came with this myself.";
    line.append(mark);
    this.#line = null;
    return true;
  }

  // Shown large elsewhere already: here for those who listen to the page.
  greet(text) { this.#add("her", text).classList.add("unseen"); }

  note(text) { this.#add("aside", text); }

  #drop() {
    this.#interim?.remove();
    this.#interim = null;
  }

  #add(who, text) {
    const line = document.createElement("li");
    line.className = who;
    if (who !== "aside") line.dataset.who = who === "you" ? "You" : this.name; // for those who listen to the page
    line.textContent = text;
    this.list.append(line);
    while (this.list.children.length > 400) this.list.firstElementChild.remove();
    this.#down();
    return line;
  }

  #down() { this.list.scrollTop = this.list.scrollHeight; }
}
