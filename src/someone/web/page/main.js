// Comes in with the invitation, finds out who is here, and shows the wakening or the talk.

import { Becoming } from "./becoming.js";
import * as door from "./door.js";
import { Line } from "./line.js";
import { Memory } from "./memory.js";
import { Morning } from "./morning.js";
import { Presence } from "./presence.js";
import { Talk } from "./talk.js";
import { Timings } from "./timings.js";
import { Troubles } from "./troubles.js";
import { Wakening } from "./wakening.js";

const at = (id) => document.querySelector(`#${id}`);
const presence = new Presence(at("presence"));
const troubles = new Troubles();
const line = new Line(check);
const memory = new Memory();
const becoming = new Becoming();
const morning = new Morning(() => becoming.open("nights"));
const talk = new Talk({ line, presence, troubles, timings: new Timings() });
const wakening = new Wakening(presence, {
  awake: begin,
  trouble: (error) => troubles.show(error instanceof door.Refused && error.what ? error : "gone"),
});

const CLOSED = {
  unknown: ["I can’t let this page in yet.", "Run someone in a terminal: it opens this page with a fresh invitation. One that was used or is older than ten minutes does not count.", "Try again"],
  gone: ["She is not running.", "Nothing is lost. Run someone in a terminal, then come back here.", "Try again"],
  taken: ["She is talking with you in another tab.", "What you say there is kept with what was said here.", "Talk here instead"],
};

function view(name) {
  document.body.dataset.view = name;
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== name;
  at("dock").hidden = name !== "talk";
}

function closed(why) {
  const [what, act, again] = CLOSED[why] ?? CLOSED.unknown;
  at("closed-what").textContent = what;
  at("closed-do").textContent = act;
  at("closed-again").textContent = again;
  presence.way = "away";
  troubles.clear();
  view("closed");
}

function begin(state, isNew = false) {
  presence.way = "resting";
  view("talk");
  talk.enter(state, isNew);
  morning.come();
}

// For the line, when it dropped: is she there, and may we come in?
async function check() {
  try {
    return (await door.state()).awake ? "in" : "asleep";
  } catch (error) {
    if (error instanceof door.Refused && error.status === 401) return "unknown";
    return error instanceof door.Unreachable ? "unreachable" : "in";
  }
}

async function open() {
  try {
    await door.enter();
    const state = await door.state();
    if (state.awake) return begin(state);
    view("wakening");
    wakening.begin(state);
  } catch (error) {
    closed(error instanceof door.Unreachable ? "gone" : "unknown");
    if (error instanceof door.Unreachable) setTimeout(open, 4000);
  }
}

function keys(event) {
  if (document.body.dataset.view !== "talk" || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return talk.interrupt();
  if (event.target.matches("input, textarea")) return;
  const does = {
    m: () => { if (!at("mute").disabled) talk.mute(!talk.microphone.muted); }, s: () => talk.stop(), g: () => talk.goodbye(),
    c: () => at("show-captions").click(), t: () => at("show-timings").click(), k: () => memory.open(), b: () => becoming.open(), "/": () => at("words").focus(),
  }[event.key.toLowerCase()];
  if (does) { event.preventDefault(); does(); }
}

at("show-captions").onclick = ({ currentTarget }) => {
  const on = currentTarget.getAttribute("aria-pressed") !== "true";
  currentTarget.setAttribute("aria-pressed", on);
  document.body.dataset.captions = on ? "on" : "off";
};
at("closed-again").onclick = () => { view("opening"); open(); };
document.body.addEventListener("view", ({ detail }) => view(detail));
line.addEventListener("closed", ({ detail }) => (detail === "asleep" ? open() : closed(detail)));
addEventListener("keydown", keys);
addEventListener("hashchange", () => { if (location.hash.length > 20) open(); });
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});

window.someone = { talk, line, presence }; // for the curious, and for tests
open();
