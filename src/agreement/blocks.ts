import type { ExtensionNumber } from '../primitives/ids.js';
import type { UnixTime } from '../primitives/time.js';

/** A moderator may not listen to a member for a time: a sheet was made, and the talk about it was not held. */
export interface Block {
  readonly moderator: ExtensionNumber;
  readonly member: ExtensionNumber;
  /** Not part of it any more. It ends by this alone: nobody can lift it. */
  readonly until: UnixTime;
}

/** Whether one of the blocks keeps this moderator from this member. @param time Null while the clock cannot be trusted: nothing has ended then. */
export const isBlocked = (
  blocks: readonly Block[],
  { moderator, member }: Pick<Block, 'moderator' | 'member'>,
  time: UnixTime | null,
): boolean =>
  blocks.some(
    (block) => block.moderator === moderator && block.member === member && (time === null || time < block.until),
  );

const dayMs = 24 * 3_600_000;
/** So long a block is remembered after its end, so that a clock that was set ahead for a while has not ended it for good. */
const rememberedMs = 400 * dayMs;
/** Far more than there are pairs that listen. */
const mostBlocks = 2000;

/** All that still matter, each once, those that end last first. */
export function mergedBlocks(blocks: readonly Block[], now: UnixTime): readonly Block[] {
  const latest = new Map<string, Block>();
  for (const block of blocks) {
    const key = `${block.moderator} ${block.member}`;
    if (block.until + rememberedMs > now && block.until > (latest.get(key)?.until ?? 0)) latest.set(key, block);
  }
  return [...latest.values()].sort((one, other) => other.until - one.until).slice(0, mostBlocks);
}
