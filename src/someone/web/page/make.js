// An element with its attributes, handlers and children; text is always text.
export const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

// The same for a shape of a drawing.
const NS = "http://www.w3.org/2000/svg";
export const shape = (tag, attributes = {}, ...children) => fill(document.createElementNS(NS, tag), attributes, children);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element[name] = value;
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}
