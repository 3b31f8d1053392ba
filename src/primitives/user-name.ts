/** What distinguishes users of the box: case does not. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
