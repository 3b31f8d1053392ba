import { prompt } from '../monitoring/speech.js';
import type { PromptName } from '../primitives/prompts.js';
import type { Utterance } from '../switchboard/audio.js';
import type { BoxState } from './box-state.js';

/** What whoever asks the box by its button is told on the handset. */
export interface BoxIdentity {
  /** Null where the facts of the hardware cannot be read. */
  readonly hardwareId: string | null;
  readonly addresses: readonly string[];
}

const sentenceEnd: Utterance = { kind: 'pause', ms: 400 };

/** Who the box is, where it is reached, and how it is: in that order, for the first is what an order for a licence needs. */
export function boxSpeech({ hardwareId, addresses }: BoxIdentity, state: BoxState): readonly Utterance[] {
  return [
    ...(hardwareId === null ? [] : spelling('box-hardware-id', hardwareId)),
    ...addresses.flatMap((address) => spelling('box-address', address)),
    ...count('box-phones', state.phones),
    ...count('box-calls', state.calls),
    ...count('box-moderators', state.moderators),
    prompt(state.isLicensed ? 'box-licensed' : 'box-not-licensed'),
    ...(state.privateForSeconds === null ? [] : [prompt('box-private')]),
  ];
}

function spelling(name: PromptName, text: string): readonly Utterance[] {
  return [prompt(name), { kind: 'spelling', text }, sentenceEnd];
}

function count(name: PromptName, number: number): readonly Utterance[] {
  return [prompt(name), { kind: 'digits', digits: String(number) }, sentenceEnd];
}
