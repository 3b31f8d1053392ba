/**
 * Which of two versions is the newer one, as Debian orders its packages: `1.3.0~202611291200.ab12cd3` comes before `1.3.0`, and `1.3.0+…`
 * after it. Negative where the first is older, 0 where both are the same.
 */
export function versionOrder(one: string, other: string): number {
  const [ones, others] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < Math.max(ones.length, others.length); at += 1) {
    const order = at % 2 === 0 ? wordOrder(ones[at] ?? '', others[at] ?? '') : numberOrder(ones[at], others[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Words and numbers in turns; it begins with a word, which may be empty. */
const partsOf = (version: string): readonly string[] => version.split(/(\d+)/);

function wordOrder(one: string, other: string): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const order = rank(one[at]) - rank(other[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** What ends comes after a tilde and before all else, and letters before other signs. */
function rank(sign: string | undefined): number {
  if (sign === undefined) return 0;
  if (sign === '~') return -1;
  return (/[A-Za-z]/.test(sign) ? 0 : 0x1_0000) + sign.charCodeAt(0);
}

/** However long they are: leading zeros mean nothing. */
function numberOrder(one = '', other = ''): number {
  const [a, b] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
