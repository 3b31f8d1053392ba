/** The longest name: enough to tell the people of any box apart. */
export const longestName = 64;

/** What distinguishes users of the box: case does not. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** A name as it is kept, one form for what looks the same; null for what cannot be one. */
export function nameAsKept(name: string): string | null {
  const kept = name.normalize('NFKC').trim();
  return kept.length > 0 && kept.length <= longestName && !/\p{C}/u.test(kept) ? kept : null;
}
