import { describe, expect, test } from 'vitest';
import { extensionNumber } from '../../../../src/primitives/ids.js';
import { desiredLegs } from '../../../../src/switchboard/desired.js';
import { anna, ben, cara, city, Desk, inside, mona, office, out, outside, phone, spare } from '../office.js';

const rung = ({ state }: Desk) =>
  [...desiredLegs(state).values()].flatMap((desired) => (desired.kind === 'dial' ? [desired.to] : []));
const at = (extension: typeof anna) => ({ kind: 'contact', extension, contact: phone(extension) });

/** Anna has called Ben. */
const annaCallsBen = (): Desk => {
  const desk = new Desk().withPhones(anna, ben, cara, mona);
  desk.dials(inside(anna), '102');
  return desk;
};

/** The phone on the leg sends its caller to a number, and its leg ends. */
const forwards = (desk: Desk, serial: number, number: string | null): Desk =>
  desk.happens(
    { type: 'redirected', leg: out(serial), number },
    { type: 'released', leg: out(serial), cause: 'unavailable' },
  );

describe('a phone that forwards', () => {
  test('lets another extension ring in its place, which can answer', () => {
    const desk = forwards(annaCallsBen(), 1, '103');
    expect(rung(desk)).toEqual([at(cara)]);
    desk.happens({ type: 'answered', leg: out(2) });
    expect(desk.noteTypes).toEqual(['callStarted', 'callForwarded', 'callAnswered']);
  });

  test('lets an outside number ring that it may dial itself, and over the next trunk when the first fails', () => {
    const desk = forwards(annaCallsBen(), 1, '030777');
    expect(rung(desk)).toEqual([{ kind: 'trunk', trunk: city, number: '30777' }]);
    desk.happens({ type: 'released', leg: out(2), cause: 'congestion' });
    expect(rung(desk)).toMatchObject([{ kind: 'trunk', number: '30777' }]);
    expect(desk.noteTypes).toContain('trunkFailed');
  });

  test('lets the other phones of its extension ring on', () => {
    const desk = new Desk().withPhones(ben, ben, cara);
    desk.dials(inside(anna), '102');
    forwards(desk, 1, '103');
    expect(rung(desk)).toEqual([{ ...at(ben), contact: phone(ben, 2) }, at(cara)]);
  });

  test('leaves another one that forwards outside its further trunks', () => {
    const desk = new Desk().withPhones(ben, ben, cara);
    desk.dials(inside(anna), '102');
    forwards(desk, 1, '030777');
    forwards(desk, 2, '103');
    desk.happens({ type: 'released', leg: out(4), cause: 'unavailable' });
    desk.happens({ type: 'released', leg: out(3), cause: 'congestion' });
    expect(rung(desk)).toEqual([{ kind: 'trunk', trunk: spare, number: '30777' }]);
  });

  test('lets the outside number ring over the next trunk also while other phones ring, each one over its own', () => {
    const desk = new Desk().withPhones(ben, ben, ben);
    desk.dials(inside(anna), '102');
    forwards(desk, 1, '030777');
    forwards(desk, 2, '030888');
    desk.happens({ type: 'released', leg: out(4), cause: 'congestion' });
    const other = { ...at(ben), contact: phone(ben, 3) };
    expect(rung(desk)).toEqual([
      other,
      { kind: 'trunk', trunk: city, number: '30888' },
      { kind: 'trunk', trunk: spare, number: '30777' },
    ]);
    desk.happens({ type: 'released', leg: out(5), cause: 'congestion' });
    expect(rung(desk)).toEqual([
      other,
      { kind: 'trunk', trunk: spare, number: '30777' },
      { kind: 'trunk', trunk: spare, number: '30888' },
    ]);
  });

  test.each([
    ['to a colleague', '103'],
    ['outside', '030777'],
  ])('%s lets the other phones of its extension ring on when it is declined there', (_case, number) => {
    const desk = new Desk().withPhones(ben, ben, cara, cara);
    const caller = desk.dials(inside(anna), '102');
    forwards(desk, 1, number);
    desk.happens({ type: 'released', leg: out(3), cause: 'declined' });
    expect(rung(desk)).toEqual([{ ...at(ben), contact: phone(ben, 2) }]);
    desk.happens({ type: 'released', leg: out(2), cause: 'noAnswer' });
    expect(Object.fromEntries(desiredLegs(desk.state))[caller]).toEqual({ kind: 'release', cause: 'declined' });
  });

  test('rings nobody any more when its extension declines at another phone', () => {
    const desk = new Desk().withPhones(ben, ben, cara);
    desk.dials(inside(anna), '102');
    forwards(desk, 1, '103');
    desk.happens({ type: 'released', leg: out(2), cause: 'declined' });
    expect(rung(desk)).toEqual([]);
  });

  test.each([
    ['to a stranger’s host', null, 'forbidden'],
    ['to a number that nobody has', '777', 'notFound'],
    ['to the emergency services', '112', 'forbidden'],
    ['to the moderators’ dialogue', '*90', 'forbidden'],
    ['to who calls', '101', 'forbidden'],
    ['to itself', '102', 'forbidden'],
    ['to a prefix alone', '0', 'incomplete'],
  ])('is not followed %s', (_what, number, cause) => {
    const desk = forwards(annaCallsBen(), 1, number);
    expect(rung(desk)).toEqual([]);
    expect(desk.notes.slice(1)).toMatchObject([
      { type: 'forwardRefused', by: ben, to: number ?? '', cause },
      { type: 'callEnded', cause: 'unavailable' },
    ]);
  });

  test('is not followed in a circle', () => {
    const desk = annaCallsBen();
    forwards(desk, 1, '103');
    forwards(desk, 2, '102');
    expect(rung(desk)).toEqual([]);
    expect(desk.notes.at(-2)).toMatchObject({ type: 'forwardRefused', by: cara, to: '102' });
  });

  test('is not followed for ever, through groups either', () => {
    const desk = new Desk().withPhones(anna, ben, cara);
    desk.dials(outside(city), '4930555');
    for (let serial = 1; serial < 50; serial += 1) forwards(desk, serial, '600');
    expect(rung(desk)).toEqual([]);
    expect(desk.state.nextLeg).toBeLessThan(10);
  });

  test('is not followed through more than five phones', () => {
    const people = ['301', '302', '303', '304', '305', '306', '307', '308'].map(extensionNumber);
    const extensions = new Map(people.map((number) => [number, { number, name: number }]));
    const desk = new Desk({ ...office, extensions: new Map([...office.extensions, ...extensions]) });
    desk.withPhones(...people).dials(inside(anna), '301');
    for (let serial = 1; serial <= 6; serial += 1) forwards(desk, serial, String(301 + serial));
    expect(desk.noteTypes.filter((type) => type === 'callForwarded')).toHaveLength(5);
    expect(desk.noteTypes.slice(-2)).toEqual(['forwardRefused', 'callEnded']);
  });

  test('does not include a provider: whom a trunk leads on to is not called', () => {
    const desk = new Desk().withPhones(anna);
    desk.dials(inside(anna), '0130777');
    forwards(desk, 1, '103');
    expect(rung(desk)).toEqual([]);
    expect(desk.noteTypes).toEqual(['callStarted', 'callEnded']);
  });

  test('never takes an emergency call elsewhere', () => {
    const desk = new Desk().withPhones(anna, cara);
    desk.dials(inside(anna), '112');
    forwards(desk, 1, '103');
    expect(rung(desk)).toMatchObject([{ kind: 'trunk', number: '112' }]);
  });
});
