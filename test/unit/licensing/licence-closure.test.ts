import { describe, expect, it } from 'vitest';
import { closureChange, closureOf } from '../../../src/licensing/licence-closure.js';
import type { Verdict } from '../../../src/licensing/verdict.js';

const allowed: Verdict = { isAllowed: true, by: { kind: 'simulatedBoard' }, members: 'unlimited', warnings: [] };
const missing: Verdict = { isAllowed: false, refusal: { kind: 'noLicence' } };
const expired: Verdict = {
  isAllowed: false,
  refusal: { kind: 'expired', licence: 'demo', expired: 1000, ended: 1000 },
};
const blocked: Verdict = { isAllowed: false, refusal: { kind: 'otherProduct', product: 'faxbox' } };
const unread: Verdict = { isAllowed: false, refusal: { kind: 'hardwareIdUnread' } };
const unknown: Verdict = { isAllowed: false, refusal: { kind: 'hardwareIdUnknown' } };

const closed = (closure: string) => ({ type: 'closed', closure, endsRunning: false });
const change = (before: Verdict | undefined, now: Verdict) =>
  closureChange(before === undefined ? null : closureOf(before), closureOf(now));
const reopened = (closure: string) => ({ type: 'reopened', closure });

describe('a verdict', () => {
  it('at the start closes monitoring, or leaves it open', () => {
    expect(change(undefined, missing)).toEqual([closed('licenceMissing')]);
    expect(change(undefined, allowed)).toEqual([]);
  });

  it('opens and closes it later, and ends no running monitor', () => {
    expect(change(missing, allowed)).toEqual([reopened('licenceMissing')]);
    expect(change(allowed, expired)).toEqual([closed('licenceExpired')]);
  });

  it('gives another reason without opening in between', () => {
    expect(change(missing, expired)).toEqual([closed('licenceExpired'), reopened('licenceMissing')]);
  });

  it('that was not possible yet names no fault of the licence', () => {
    expect(change(undefined, unread)).toEqual([closed('licenceUnread')]);
    expect(change(unread, allowed)).toEqual([reopened('licenceUnread')]);
  });

  it('that sounds the same changes nothing', () => {
    expect(change(blocked, unknown)).toEqual([]);
    expect(change(allowed, { ...allowed, members: 40 })).toEqual([]);
  });
});
