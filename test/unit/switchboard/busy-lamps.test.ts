import { describe, expect, it } from 'vitest';
import { callId, contactId, extensionNumber, legId } from '../../../src/primitives/ids.js';
import { busyLamps } from '../../../src/switchboard/busy-lamps.js';
import type { Branch, Call, Party } from '../../../src/switchboard/state.js';

const party = (number: string, more: Partial<Party> = {}): Party => ({
  ...{ leg: legId(`leg-${number}`), number, name: '', known: [number], direction: 'incoming', held: false },
  ...{ confirmed: true, line: { kind: 'extension', number: extensionNumber(number) } },
  ...more,
});
const outside = (): Party => party('0301234', { line: { kind: 'trunk', trunk: 'provider' as never } });
const base = (id: number, caller: Party) => ({
  ...{ id: callId(id), caller, startedAt: 0, connectedAt: null },
  route: { kind: 'extension', number: extensionNumber('102') } as const,
});
const talking = (id: number, caller: Party, callee: Party): Call => ({
  ...base(id, caller),
  ...{ kind: 'talking', callee, answeredAt: 0 },
});
const ringing = (id: number, caller: Party, ...numbers: readonly string[]): Call => ({
  ...base(id, caller),
  ...{ kind: 'ringing', transfer: null, forwardedBy: [], hunt: null, failures: [], until: 0 },
  branches: numbers.map((number) => branchTo(number)),
});
const branchTo = (number: string): Branch => ({
  ...{ leg: legId(`to-${number}`), called: { number, name: '', known: [number] }, since: 0, progress: 'ringing' },
  ...{ held: false, isProceeding: true, rings: true, isEarlyMediaHeard: false, hops: 0, isPersonal: true },
  ...{ isBusyElsewhere: false, untried: [] },
  to: { kind: 'contact', extension: extensionNumber(number), contact: contactId(`phone-${number}`) },
});

const shown = (calls: readonly Call[], isDiscreet = (_: Call) => false) =>
  Object.fromEntries(busyLamps(new Map(calls.map((call) => [call.id, call])), isDiscreet));

describe('the lamps of those who watch an extension', () => {
  it('are dark without a call', () => {
    expect(shown([])).toEqual({});
  });

  it('show who rings, and that the caller is busy', () => {
    expect(shown([ringing(1, party('101'), '102', '103')])).toEqual({ 101: 'talking', 102: 'ringing', 103: 'ringing' });
  });

  it('show who talks, and who has put the call on hold', () => {
    expect(shown([talking(1, party('101'), party('102', { held: true }))])).toEqual({ 101: 'talking', 102: 'held' });
    expect(shown([talking(1, outside(), party('102'))])).toEqual({ 102: 'talking' });
  });

  it('show of several calls the one that somebody can do most about', () => {
    const held = talking(1, outside(), party('102', { held: true }));
    const second = talking(2, party('102'), outside());
    expect(shown([held, second])).toEqual({ 102: 'talking' });
    expect(shown([held, second, ringing(3, outside(), '102')])).toEqual({ 102: 'ringing' });
  });

  it('show nothing but busy of a call about which nobody may know more', () => {
    const calls = [ringing(1, outside(), '102'), talking(2, outside(), party('103', { held: true }))];
    expect(shown(calls, () => true)).toEqual({ 102: 'talking', 103: 'talking' });
  });
});
