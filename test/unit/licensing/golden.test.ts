import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../../src/crypto/ed25519.js';
import { readBlockList } from '../../../src/licensing/block-list.js';
import { fromHex } from '../../../src/licensing/bytes.js';
import { hardwareIdText } from '../../../src/licensing/hardware-id.js';
import { readLicenceKey, type Trust } from '../../../src/licensing/licence-key.js';
import { type LicenceReport, licenceReport } from '../../../src/licensing/report.js';

const golden = (name: string) => readFile(new URL(`golden/${name}`, import.meta.url), 'utf8');
const trust: Trust = {
  publicKeys: [fromHex((await golden('public-key.txt')).trim()) ?? new Uint8Array()],
  verifySignature,
};
const licences: Record<string, LicenceReport> = JSON.parse(await golden('licences.json'));

/** Issued once, and to be valid for ever: a change that breaks one of these breaks keys that customers have paid for. */
describe('keys that were issued long ago', () => {
  it.each(Object.entries(licences))('%s still says the same', async (name, expected) => {
    const reading = readLicenceKey(await golden(name), trust);
    expect(reading.ok && licenceReport(reading.licence)).toEqual(expected);
  });

  it('and the block list does too', async () => {
    const reading = readBlockList(await golden('block-list.txt'), trust);
    expect(reading.ok && reading.list.number).toBe(2);
    expect(reading.ok && reading.list.entries.map(({ product, id }) => `${product} ${hardwareIdText(id)}`)).toEqual([
      'modcall MH1-G2WSY-1GB7D-RHMY7-MD21E-67HAQ-5VG60',
      'faxbox MH1-CGMZ0-N9DDG-RHMY7-MD21E-67HAQ-5VG60',
    ]);
  });
});
