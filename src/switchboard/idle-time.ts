import type { CallId, ExtensionNumber } from '../primitives/ids.js';
import { remembered } from '../primitives/remembered.js';
import type { Instant } from '../primitives/time.js';
import type { Call, SwitchboardState } from './state.js';
import { parties } from './state.js';
import { talkingCalls } from './talking-calls.js';

/** The extensions that are in a conversation. */
export const talkingExtensions = remembered(
  (calls: ReadonlyMap<CallId, Call>): ReadonlySet<ExtensionNumber> =>
    new Set(
      talkingCalls(calls)
        .all.flatMap(parties)
        .flatMap(({ line }) => (line.kind === 'extension' ? [line.number] : [])),
    ),
);

/** Notes for whom the last conversation has just ended. */
export function withIdleTimes(before: SwitchboardState, after: SwitchboardState, now: Instant): SwitchboardState {
  if (before.calls === after.calls) return after;
  const present = talkingExtensions(after.calls);
  const ended = [...talkingExtensions(before.calls)].filter((extension) => !present.has(extension));
  if (ended.length === 0) return after;
  const idleSince = new Map([...after.idleSince, ...ended.map((extension) => [extension, now] as const)]);
  return { ...after, idleSince };
}

/** Those who do not talk, whoever has not talked for the longest time first. */
export function longestIdle(
  { calls, idleSince }: Pick<SwitchboardState, 'calls' | 'idleSince'>,
  extensions: readonly ExtensionNumber[],
): readonly ExtensionNumber[] {
  const since = (extension: ExtensionNumber): Instant => idleSince.get(extension) ?? Number.NEGATIVE_INFINITY;
  const isBefore = (one: ExtensionNumber, other: ExtensionNumber): number =>
    since(one) === since(other) ? 0 : since(one) - since(other);
  return extensions.filter((extension) => !talkingExtensions(calls).has(extension)).toSorted(isBefore);
}
