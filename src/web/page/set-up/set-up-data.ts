import { ask } from '../api/ask.js';
import { byNumber } from '../api/extensions.js';
import { Resource } from '../api/resource.js';
import { waysIn } from '../api/session.js';
import type { OutputOf } from '../api/table.js';
import type { Choice } from '../kit/form/select.js';
import { say } from '../texts.js';

export type Present = OutputOf<'GET', '/settings'>;
export type Settings = Present['settings'];

/** How far the box is set up, and what with. */
export class SetUpData {
  readonly setUp = new Resource(() => ask('GET', '/set-up', {}));
  readonly settings = new Resource(() => ask('GET', '/settings', {}));
  readonly state = new Resource(() => ask('GET', '/state', {}));
  /** Where the telephones are that are plugged into a simulated board. */
  readonly ways = new Resource(waysIn);

  refresh(): void {
    for (const resource of [this.setUp, this.settings, this.state, this.ways]) resource.refresh();
  }
}

/** The extensions that are not at the box itself. */
export function phonesIn(settings: Settings) {
  const atTheBox = new Set(phonesAtBox(settings));
  return byNumber(settings.extensions).filter((each) => !atTheBox.has(each));
}

/** The extensions of the telephones that are plugged into the box. */
export function phonesAtBox({ extensions, analogPhones }: Settings) {
  const numbers = new Set(analogPhones.map(({ extension }) => extension));
  return byNumber(extensions).filter(({ number }) => numbers.has(number));
}

/** The numbers in a group. */
export const membersOf = ({ groups }: Settings, id: string): readonly string[] =>
  groups.find((group) => group.id === id)?.members ?? [];

/** The telephone at the box that asks for the PIN when it is lifted; undefined where none does. */
export function handsetIn({ extensions, analogPhones, profiles }: Settings) {
  const services = profiles.map(({ service }) => service);
  const handset = analogPhones.find(({ onLift }) => onLift.kind === 'call' && services.includes(onLift.number));
  return extensions.find(({ number }) => number === handset?.extension);
}

/** What phones are called where one is chosen; those at the box come last, and are marked. */
export function phoneChoices(settings: Settings): readonly Choice[] {
  return [
    ...phonesIn(settings).map(({ number, name }): Choice => [number, `${number} ${name}`]),
    ...phonesAtBox(settings).map(({ number, name }): Choice => [number, say('setUp.atBox', { number, name })]),
  ];
}

/** What a step is given. */
export interface StepProps {
  readonly present: Present;
  /** Called when it was taken. */
  readonly onDone: () => void;
}
