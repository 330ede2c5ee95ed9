// The moments behind something, as lines of a list.

import { make } from "./make.js";

const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const GONE = /^\(forgotten/;

export const said = (iso) => day.format(new Date(iso.length === 10 ? `${iso}T12:00` : iso));

export const moments = (found) => found.map((m) => make("li", {},
  make("span", { class: "small" }, `${said(m.at)} · ${m.who === "her" ? "I" : m.who || m.author || "I"}: `),
  GONE.test(m.text) ? "You asked me to forget this." : m.text));
