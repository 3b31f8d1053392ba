import type { ExtensionNumber } from '../primitives/ids.js';

/** How one item of a sheet is answered: by yes or no, or by a step of a scale. */
export const itemKinds = ['yesNo', 'scale'] as const;

/** One thing that a sheet asks for, in the words that were signed. */
export interface SheetItem {
  readonly id: string;
  readonly text: string;
  readonly kind: (typeof itemKinds)[number];
}

/** What each kind of item can be answered by; a scale goes from the least to the most. Words, so that nobody adds them up. */
export const answersTo = { yesNo: ['yes', 'no'], scale: ['1', '2', '3', '4', '5'] } as const satisfies Readonly<
  Record<SheetItem['kind'], readonly string[]>
>;

/** `open` is what somebody answers who was not there and cannot tell. */
export const answers = [...answersTo.yesNo, ...answersTo.scale, 'open'] as const;
export type Answer = (typeof answers)[number];

/** What a sheet asks for, and how long it and what follows from it last. */
export interface EvaluationRule {
  readonly items: readonly SheetItem[];
  /** Within so many days both confirm that they have talked about a sheet; else it is deleted. */
  readonly talkDays: number;
  /** So many days after it was made a sheet is deleted, whatever has become of it. */
  readonly keepDays: number;
  /** For so many days a moderator who has not held the talk may not listen to that member. */
  readonly blockDays: number;
  /** Whom a member may ask for a second opinion, beside those who may listen to the member. */
  readonly second: readonly ExtensionNumber[];
}
