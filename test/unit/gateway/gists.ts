import type { AuditFact } from '../../../src/monitoring/records.js';

/** Many more than it takes: a way that nobody finds in so many is closed. */
const mostSeeds = 100;

/** What a fact is about, in one word or two. */
function gist(fact: AuditFact): string {
  switch (fact.type) {
    case 'refused':
    case 'ended':
      return `${fact.type} ${fact.reason}`;
    case 'modeChanged':
      return `${fact.type} ${fact.mode}`;
    default:
      return fact.type;
  }
}

/** Which of these the record never says. It is asked seed after seed until all of them were said, so that no seed has to be chosen for what it shows. */
export async function neverSaid(
  expected: readonly string[],
  factsOf: (seed: number) => Promise<readonly AuditFact[]>,
): Promise<readonly string[]> {
  const unsaid = new Set(expected);
  for (let seed = 1; seed <= mostSeeds && unsaid.size > 0; seed += 1)
    for (const fact of await factsOf(seed)) unsaid.delete(gist(fact));
  return [...unsaid];
}
