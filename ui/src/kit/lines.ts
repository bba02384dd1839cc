/** Lines of goods while they are typed: one that came in parts is split, and a part can go again. */

export type Keyed = { key: string };

/** What a key is made of: the whole line's, and which part of it. */
const rootOf = (key: string): string => key.split("+")[0] ?? key;
const partOf = (key: string): number => Number(key.split("+")[1] ?? 0);

/** The lines with some fields of one changed. */
export const changed = <L extends Keyed>(lines: L[], key: string, part: Partial<L>): L[] =>
  lines.map((line) => (line.key === key ? { ...line, ...part } : line));

/** The lines with another part of one right behind it. */
export const split = <L extends Keyed>(lines: L[], line: L, part: Partial<L>): L[] => {
  const at = lines.indexOf(line);
  const number = 1 + Math.max(0, ...lines.map(({ key }) => partOf(key)));
  const next: L = { ...line, ...part, key: `${rootOf(line.key)}+${number}` };
  return [...lines.slice(0, at + 1), next, ...lines.slice(at + 1)];
};

/** Whether a line is a part that was split off. */
export const isPart = (line: Keyed): boolean => line.key.includes("+");

/** The lines without one. */
export const without = <L extends Keyed>(lines: L[], key: string): L[] =>
  lines.filter((line) => line.key !== key);

/** A key that no line has yet, whole or in parts, numbered or named. */
export const nextKey = (lines: readonly Keyed[]): string => {
  const numbers = lines.map(({ key }) => Number(rootOf(key))).filter(Number.isInteger);
  return String(1 + Math.max(-1, ...numbers));
};
