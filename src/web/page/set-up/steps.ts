import type { OutputOf } from '../api/table.js';

export type SetUp = OutputOf<'GET', '/set-up'>;
export type Missing = SetUp['missing'][number];

/** The first two are taken before anybody is signed in. */
export const steps = ['language', 'admin', 'country', 'phones', 'moderator', 'notice', 'licence'] as const;
/** Which one it is, counted from 1. */
export const numberOf = (step: Step): number => (steps as readonly Step[]).indexOf(step) + 1;

/** What can be gone to once somebody is. */
export const laterSteps = ['country', 'phones', 'moderator', 'notice', 'licence', 'hear'] as const;
export type Step = (typeof steps)[number] | 'hear';
export type LaterStep = (typeof laterSteps)[number];

/** What is missing as long as a step was not taken. */
const missingBefore: Readonly<Record<LaterStep, Missing | null>> = {
  country: 'country',
  phones: 'phones',
  moderator: 'moderator',
  notice: 'profile',
  licence: 'licence',
  hear: null,
};

export function isDone(step: Step, missing: readonly Missing[]): boolean {
  if (step === 'language' || step === 'admin') return true;
  const what = missingBefore[step];
  return what !== null && !missing.includes(what);
}

/**
 * Whether a step gets its tick: with all before it, and left behind. What a new box brings along, such as the telephones plugged into it, is nothing
 * that anybody has looked at.
 */
export function isTicked(step: Step, present: Step, missing: readonly Missing[]): boolean {
  if (step === 'hear') return false;
  if (missing.length === 0) return true;
  return step !== present && steps.slice(0, numberOf(step)).every((each) => isDone(each, missing));
}

/** Where somebody goes on who was here before: at the first step that was not taken. */
export const nextOf = (missing: readonly Missing[]): LaterStep =>
  laterSteps.find((step) => !isDone(step, missing)) ?? 'hear';

export const after = (step: LaterStep): LaterStep => laterSteps[laterSteps.indexOf(step) + 1] ?? 'hear';

export const pathOf = (step: LaterStep): string => `/set-up?step=${step}`;
