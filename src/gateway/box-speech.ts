import { prompt } from '../monitoring/speech.js';
import type { PromptName } from '../primitives/prompts.js';
import type { Utterance } from '../switchboard/audio.js';
import type { BoxState } from './box-state.js';

/** What a handset is told when the button is held. */
export interface BoxIdentity {
  /** Null where the hardware's identity cannot be read. */
  readonly hardwareId: string | null;
  readonly addresses: readonly string[];
}

const sentenceEnd: Utterance = { kind: 'pause', ms: 400 };

/** The box's identity, addresses and state, in this order because ordering a licence needs the first. */
export function boxSpeech({ hardwareId, addresses }: BoxIdentity, state: BoxState): readonly Utterance[] {
  return [
    ...(hardwareId === null ? [] : spelling('box-hardware-id', hardwareId)),
    ...addresses.flatMap((address) => spelling('box-address', address)),
    ...count('box-phones', state.phones),
    ...count('box-calls', state.calls),
    ...count('box-moderators', state.moderators),
    prompt(state.isLicensed ? 'box-licensed' : 'box-not-licensed'),
    ...(state.privateForSeconds === null ? [] : [prompt('box-private')]),
    ...(state.agreement === null ? [] : spelling('box-agreement', beginningOf(state.agreement))),
  ];
}

/** As much of a hash as people compare by ear. */
const beginningOf = (hash: string): string =>
  hash
    .slice(0, 16)
    .toUpperCase()
    .replace(/.{4}(?=.)/g, '$&-');

/** The code with which whoever is at the box becomes its admin, twice, so that it can be written down. */
export const codeSpeech = (code: string): readonly Utterance[] => [
  ...spelling('box-code', code),
  ...spelling('box-code', code),
];

function spelling(name: PromptName, text: string): readonly Utterance[] {
  return [prompt(name), { kind: 'spelling', text }, sentenceEnd];
}

function count(name: PromptName, number: number): readonly Utterance[] {
  return [prompt(name), { kind: 'digits', digits: String(number) }, sentenceEnd];
}
