import { describe, expect, it } from 'vitest';
import { closureChange } from '../../../src/licensing/licence-closure.js';
import type { Verdict } from '../../../src/licensing/verdict.js';

const allowed: Verdict = { isAllowed: true, by: { kind: 'simulatedBoard' }, members: 'unlimited', warnings: [] };
const missing: Verdict = { isAllowed: false, refusal: { kind: 'noLicence' } };
const expired: Verdict = {
  isAllowed: false,
  refusal: { kind: 'expired', licence: 'demo', expired: 1000, ended: 1000 },
};
const blocked: Verdict = { isAllowed: false, refusal: { kind: 'otherProduct', product: 'faxbox' } };
const unknown: Verdict = { isAllowed: false, refusal: { kind: 'hardwareIdUnknown' } };

const closed = (closure: string) => ({ type: 'closed', closure, endsRunning: false });
const reopened = (closure: string) => ({ type: 'reopened', closure });

describe('a verdict', () => {
  it('at the start closes monitoring, or leaves it open', () => {
    expect(closureChange(undefined, missing)).toEqual([closed('licenceMissing')]);
    expect(closureChange(undefined, allowed)).toEqual([]);
  });

  it('opens and closes it later, and ends no running monitor', () => {
    expect(closureChange(missing, allowed)).toEqual([reopened('licenceMissing')]);
    expect(closureChange(allowed, expired)).toEqual([closed('licenceExpired')]);
  });

  it('gives another reason without opening in between', () => {
    expect(closureChange(missing, expired)).toEqual([closed('licenceExpired'), reopened('licenceMissing')]);
  });

  it('that sounds the same changes nothing', () => {
    expect(closureChange(blocked, unknown)).toEqual([]);
    expect(closureChange(allowed, { ...allowed, members: 40 })).toEqual([]);
  });
});
