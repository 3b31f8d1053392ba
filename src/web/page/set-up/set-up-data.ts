import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';

export type Present = OutputOf<'GET', '/settings'>;
export type Settings = Present['settings'];

/** How far the box is set up, and what with. */
export class SetUpData {
  readonly setUp = new Resource(() => ask('GET', '/set-up', {}));
  readonly settings = new Resource(() => ask('GET', '/settings', {}));
  readonly state = new Resource(() => ask('GET', '/state', {}));

  refresh(): void {
    for (const resource of [this.setUp, this.settings, this.state]) resource.refresh();
  }
}

/** The extensions that are not at the box itself. */
export function phonesIn({ extensions, analogPhones }: Settings) {
  const atTheBox = new Set(analogPhones.map(({ extension }) => extension));
  return extensions.filter(({ number }) => !atTheBox.has(number));
}

/** What a step is given. */
export interface StepProps {
  readonly present: Present;
  /** Called when it was taken. */
  readonly onDone: () => void;
}
