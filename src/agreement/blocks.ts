import type { ExtensionNumber } from '../primitives/ids.js';
import type { LifeTime } from './lifetime.js';

/** A moderator may not listen to a member for a time: a sheet was made, and the talk about it was not held. */
export interface Block {
  readonly moderator: ExtensionNumber;
  readonly member: ExtensionNumber;
  /** Who the two were then, by the keys of their names; null where that is not known any more. */
  readonly users: { readonly moderator: string; readonly member: string } | null;
  /** Not part of it any more. It ends by this alone: nobody can lift it. A clock that was ahead for a while makes it no longer. */
  readonly until: LifeTime;
}

/** Whether one of the blocks that have not ended keeps this moderator from this member. */
export const isBlocked = (
  blocks: readonly Block[],
  { moderator, member }: Pick<Block, 'moderator' | 'member'>,
): boolean => blocks.some((block) => block.moderator === moderator && block.member === member);

/** Far more than there are pairs that listen. */
const mostBlocks = 2000;

/** All that have not ended, each once, those that end last first. */
export function mergedBlocks(blocks: readonly Block[], now: LifeTime): readonly Block[] {
  const latest = new Map<string, Block>();
  for (const block of blocks) {
    const key = JSON.stringify([block.moderator, block.member, block.users?.moderator, block.users?.member]);
    if (block.until > Math.max(now, latest.get(key)?.until ?? 0)) latest.set(key, block);
  }
  return [...latest.values()].sort((one, other) => other.until - one.until).slice(0, mostBlocks);
}
