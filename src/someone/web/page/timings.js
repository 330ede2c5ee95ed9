// The drawer "how long did that take": the stages of the last turn.

// Each stage in words: first those of hearing, which take their own time side by side, then those of the turn, which are
// counted from its beginning.
const HEARING = { silence: "waited for more words", stt: "understood the words", judge: "judged the end" };
const TURN = {
  heard: "kept what you said", care: "looked out for you", recall: "remembered", appraise: "felt", deliberate: "decided",
  first_token: "first thought", first_words: "first sentence", to_sound: "first sound", speak: "found all the words",
  spoken: "spoke to the end", journal: "kept what was said",
};

export class Timings {
  #dialog = document.querySelector("#timings");
  #button = document.querySelector("#show-timings");

  constructor() {
    this.#button.onclick = () => this.open();
    this.#dialog.addEventListener("click", ({ target }) => { if (target === this.#dialog) this.#dialog.close(); });
  }

  open() { if (!this.#dialog.open) this.#dialog.showModal(); }

  // Milliseconds, by stage, from the moment at which the person had finished.
  show(stages) {
    const took = Object.fromEntries(Object.entries(stages).map(([stage, ms]) => [stage.replace(/^turn\./, ""), ms]));
    const of = (words) => Object.keys(words).filter((stage) => Number.isFinite(took[stage]));
    const turn = of(TURN).sort((a, b) => took[a] - took[b]);
    const scale = Math.max(1, ...[...of(HEARING), ...turn].filter((s) => s !== "spoken" && s !== "journal").map((s) => took[s]));
    const lines = (stages, words) => stages.map((s) => row(words[s], took[s], Math.min(1, took[s] / scale)));
    document.querySelector("#timings-says").textContent = Number.isFinite(took.first_sound)
      ? `${(took.first_sound / 1000).toFixed(1)} seconds from your last word to my first sound.` : "The last turn.";
    const hearing = lines(of(HEARING), HEARING);
    document.querySelector("#timings-rows").replaceChildren(
      ...(hearing.length ? [head("Hearing, each on its own"), ...hearing] : []), head("My turn, from its beginning"), ...lines(turn, TURN),
    );
  }
}

function head(text) {
  const line = document.createElement("tr");
  const cell = document.createElement("th");
  cell.colSpan = 3;
  cell.scope = "colgroup";
  cell.textContent = text;
  line.append(cell);
  return line;
}

function row(words, ms, share) {
  const line = document.createElement("tr");
  const name = document.createElement("td");
  name.textContent = words;
  const time = document.createElement("td");
  time.textContent = ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
  const cell = document.createElement("td");
  const bar = document.createElement("div");
  bar.className = "bar";
  bar.style.width = `${Math.max(2, share * 100)}%`;
  cell.append(bar);
  line.append(name, time, cell);
  return line;
}
