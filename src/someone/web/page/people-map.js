// A map of someone's people: who is close to the middle is spoken of more, and lately. Drawn as SVG, each one a button.

import { shape } from "./make.js";

const WIDTH = 400, HEIGHT = 320, NEAR = 72, FAR = 138, MOST = 14;

export class PeopleMap {
  #svg; #chosen;

  constructor(svg, chosen) {
    this.#svg = svg;
    this.#chosen = chosen;
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  }

  draw(people) {
    const shown = [...people].sort((a, b) => b.times - a.times).slice(0, MOST);
    const most = Math.max(1, ...shown.map((p) => p.times));
    const [x0, y0] = [WIDTH / 2, HEIGHT / 2];
    const lines = [], dots = [];
    shown.forEach((person, i) => {
      const angle = (i / shown.length) * 2 * Math.PI - Math.PI / 2;
      // Neighbours on the ring stand at two distances, so that no two names meet.
      const away = NEAR + (FAR - NEAR) * (0.5 * (1 - person.times / most) + 0.5 * (i % 2));
      const x = x0 + 1.18 * away * Math.cos(angle), y = y0 + away * Math.sin(angle);
      lines.push(shape("line", { x1: x0, y1: y0, x2: x, y2: y }));
      const group = shape("g", { class: "person", role: "button", tabindex: 0, "aria-label": label(person) });
      // Names stand on the outer side of their dot, away from the middle.
      const [name, relation] = y < y0 - 1 ? [y - 37, y - 23] : [y + 33, y + 47];
      group.append(shape("circle", { cx: x, cy: y, r: 9 + 9 * Math.sqrt(person.times / most) }), shape("text", { x, y: name }, person.name));
      if (person.relation) group.append(shape("text", { x, y: relation, class: "relation" }, person.relation));
      group.addEventListener("click", () => this.#chosen(person.key));
      group.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); this.#chosen(person.key); } });
      dots.push(group);
    });
    const you = shape("g", { class: "you" });
    you.append(shape("circle", { cx: x0, cy: y0, r: 24 }), shape("text", { x: x0, y: y0 + 5 }, "you"));
    this.#svg.replaceChildren(...lines, ...dots, you);
  }
}

const label = (p) => `${p.name}${p.relation ? `, ${p.relation}` : ""}, mentioned ${p.times === 1 ? "once" : `${p.times} times`}`;
