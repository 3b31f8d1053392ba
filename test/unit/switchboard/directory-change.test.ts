import { expect, test } from 'vitest';
import type { Directory } from '../../../src/switchboard/directory.js';
import { anna, ben, cara, city, Desk, inside, office, out, phone, spare } from './office.js';

const withoutBen: Directory = {
  ...office,
  extensions: new Map([...office.extensions].filter(([number]) => number !== ben)),
};
const withoutSpare: Directory = { ...office, trunks: office.trunks.filter(({ id }) => id !== spare) };

const changes = (desk: Desk, directory: Directory) => desk.happens({ type: 'directoryChanged', directory });

test('a call to an extension that is removed goes on, and the next one finds nobody', () => {
  const desk = new Desk().withPhones(ben);
  desk.dials(inside(anna), '102');
  desk.happens({ type: 'answered', leg: out(1) });
  const [before] = desk.state.calls.values();
  changes(desk, withoutBen);
  expect([...desk.state.calls.values()]).toEqual([before]);
  desk.dials(inside(cara), '102');
  expect(desk.noteTypes.at(-1)).toBe('callRefused');
});

test('a phone that rings when its extension is removed can still be answered', () => {
  const desk = new Desk().withPhones(ben);
  desk.dials(inside(anna), '102');
  changes(desk, withoutBen);
  desk.happens({ type: 'answered', leg: out(1) });
  expect(desk.noteTypes.at(-1)).toBe('callAnswered');
});

test('phones of a removed extension are forgotten, and what is still reported of them changes nothing', () => {
  const desk = new Desk().withPhones(anna, ben);
  desk.happens({ type: 'contactUnresponsive', contact: phone(ben) });
  changes(desk, withoutBen);
  desk.happens(
    { type: 'contactBound', extension: ben, contact: phone(ben, 2) },
    { type: 'contactUnbound', extension: ben, contact: phone(ben) },
  );
  expect([...desk.state.contacts.keys()]).toEqual([anna]);
  expect(desk.state.unresponsiveContacts.size).toBe(0);
});

test('a trunk that comes back under the same name is not down because another was', () => {
  const desk = new Desk().happens(
    { type: 'trunkDown', trunk: spare, reason: 'timeout' },
    { type: 'trunkDown', trunk: city, reason: 'timeout' },
  );
  changes(desk, withoutSpare);
  desk.happens({ type: 'trunkDown', trunk: spare, reason: 'timeout' });
  changes(desk, office);
  expect([...desk.state.trunksDown.keys()]).toEqual([city]);
});

test('a call that rings does not go on over a trunk that is gone', () => {
  const desk = new Desk();
  desk.dials(inside(anna), '030777');
  changes(desk, withoutSpare);
  desk.happens({ type: 'released', leg: out(1), cause: 'failure' });
  expect(desk.noteTypes.at(-1)).toBe('callEnded');
});
