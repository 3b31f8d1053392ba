import type { CallModeratorEvent } from '../../../src/monitoring/monitoring-event.js';
import { legId } from '../../../src/primitives/ids.js';
import { anna, mona, phone, supportProfile } from '../switchboard/office.js';

/** The dialogue that is begun, and the legs to the moderator's two telephones. */
export const dialogue = legId('asked');
export const desk1 = legId('asked-1');
export const desk2 = legId('asked-2');
export const at = (serial: number) => ({ kind: 'contact', extension: mona, contact: phone(mona, serial) }) as const;

/** The moderator asks by the page to be called, on both telephones, and to listen to Anna. */
export const asks = (change: Partial<CallModeratorEvent> = {}): CallModeratorEvent => ({
  type: 'callModerator',
  leg: dialogue,
  moderator: mona,
  by: 'mona',
  rights: ['user mona'],
  pin: null,
  purpose: null,
  profile: null,
  wanted: { member: anna, call: null },
  on: 'phone',
  title: 'Listening 101',
  phones: [
    { leg: desk1, to: at(1) },
    { leg: desk2, to: at(2) },
  ],
  services: new Map([[supportProfile, '*90']]),
  ...change,
});
