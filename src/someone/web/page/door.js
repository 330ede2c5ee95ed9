// The calls of the page. Each answers with the data, or throws a Refused that says what to do.

export class Refused extends Error {
  constructor(status, told) {
    super(told.what || told.code || "refused");
    this.status = status;
    this.code = told.code || "";
    this.what = told.what || "";
    this.safe = told.safe || "";
    this.do = told.do || "";
  }
}

export class Unreachable extends Error {}

async function call(path, body) {
  let answer;
  try {
    answer = await fetch(path, body === undefined ? { cache: "no-store" } : {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
  } catch {
    throw new Unreachable();
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told);
  return told;
}

// The invitation stands in the fragment, which no server sees; it leaves the address bar before it is used.
export async function enter() {
  const code = location.hash.slice(1);
  if (code.length < 20) return;
  history.replaceState(null, "", location.pathname);
  try {
    await call("/api/enter", { code });
  } catch (error) {
    if (error instanceof Unreachable) throw error; // a used invitation does no harm when the pass is there already
  }
}

export const state = () => call("/api/state");
export const journal = () => call("/api/journal");
export const name = (answers) => call("/api/wakening/name", answers);
export const again = () => call("/api/wakening/again", {});
export const keep = () => call("/api/wakening/keep", {});
const asking = (asked) => new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
export const known = (asked) => call(`/api/memory?${asking(asked)}`);
export const people = () => call("/api/memory/people");
export const days = () => call("/api/memory/days");
export const behind = (fact) => call(`/api/memory/behind?${asking({ fact })}`);
export const correct = (fact, text) => call("/api/memory/correct", { fact, text });
export const forget = (ids) => call("/api/memory/forget", { ids });
export const merge = (one, other) => call("/api/memory/merge", { one, other });
export const becoming = (days) => call(`/api/becoming?${asking({ days })}`);
export const moments = (ids) => call(`/api/becoming/behind?ids=${ids.join(",")}`);
export const pin = (statement, on) => call("/api/becoming/pin", { statement, on });
export const takeBack = (statement) => call("/api/becoming/take-back", { statement });
export const skill = (name) => call(`/api/skills/read?${asking({ name })}`);
export const skillAllow = (name, digest) => call("/api/skills/allow", { name, digest });
export const skillBack = (name) => call("/api/skills/take-back", { name });
export const skillAside = (name, on) => call("/api/skills/shelve", { name, on });
export const nights = (limit) => call(`/api/nights?${asking({ limit })}`);
export const offer = (description) => call("/api/offer", description);
