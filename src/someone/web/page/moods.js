// Colours of a feeling: [light of the core, body, deep edge, glow], by what the feeling's word speaks of.

const MOODS = [
  [/worried|afraid|anxious|uneasy|fear/, ["#f6dcdc", "#c9849c", "#7d4a78", "#b98ab0"]],
  [/sad|sorry|grie|hurt|lonely|miss/, ["#e9dfe8", "#a58bb4", "#5f5487", "#9d90bd"]],
  [/happy|glad|joy|proud|delight|excited|hope|bright|relieved/, ["#fff0c9", "#f9ae58", "#e0622f", "#ffb768"]],
  [/playful|amused|curious|silly/, ["#ffe6d8", "#ff9a86", "#dc4a6e", "#ff9f8f"]],
  [/warm|tender|love|fond|grateful|touched|close/, ["#ffe2d2", "#f57b6b", "#c3323f", "#f58a78"]],
  [/quiet|tired|withdrawn|still|shy|thoughtful|careful/, ["#f1e3d8", "#c79a86", "#86584e", "#caa390"]],
  [/angry|cross|irritated|frustrat/, ["#ffd7c2", "#e0573c", "#8f1f24", "#e0644a"]],
];
const CALM = ["#ffe3cd", "#f4866a", "#cb4531", "#f08060"];

export function colours(feeling) {
  const found = MOODS.find(([words]) => words.test(feeling));
  return (found ? found[1] : CALM).map(rgb);
}

function rgb(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
