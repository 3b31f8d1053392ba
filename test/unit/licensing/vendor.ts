import { makeKeyPair, sha256, signWith, verifySignature } from '../../../src/crypto/ed25519.js';
import { type HardwareId, hardwareIdFrom } from '../../../src/licensing/hardware-id.js';
import { dayMs, type Licence, modcallProduct } from '../../../src/licensing/licence.js';
import { type KeyReading, readLicenceKey, type Trust, writeLicenceKey } from '../../../src/licensing/licence-key.js';
import type { VerdictInput } from '../../../src/licensing/verdict.js';

/** A vendor of the tests' own. */
const keyPair = makeKeyPair();
export const sign = signWith(keyPair.privateKey);
export const trust: Trust = { publicKeys: [keyPair.publicKey], verifySignature };

export function boxId(serial: string, key = 'a'): HardwareId {
  const cores = [{ implementer: 0x41, variant: 0, part: 0xd08, revision: 3 }];
  return hardwareIdFrom(
    { kind: 'arm', cores, coreCount: 4, boardSerial: serial },
    new TextEncoder().encode(key),
    sha256,
  );
}

export const ownId = boxId('1000000012345678');
export const otherId = boxId('10000000aaaaaaaa', 'b');
export const issued = Date.UTC(2026, 2, 1, 12);
export const days = (count: number) => count * dayMs;

export function licence(changes: Partial<Licence> = {}): Licence {
  return {
    product: modcallProduct,
    keyNumber: 1001,
    issued,
    term: { kind: 'bought' },
    bindings: [{ to: 'hardware', id: ownId }],
    members: 40,
    highestMajor: 1,
    ...changes,
  };
}

export function keyOf(changes: Partial<Licence> = {}): string {
  return writeLicenceKey(licence(changes), sign);
}

export function readingOf(changes: Partial<Licence> = {}): KeyReading {
  return readLicenceKey(keyOf(changes), trust);
}

/** A box in good order with a bought key, a day after it was issued. */
export function circumstances(changes: Partial<VerdictInput> = {}): VerdictInput {
  return {
    key: readingOf(),
    serverKey: undefined,
    blockList: undefined,
    hardwareId: ownId,
    formerIds: [],
    isSimulatedBoard: false,
    productVersion: '1.4.2',
    extensionsSetUp: 12,
    now: issued + days(1),
    clockMemory: undefined,
    ...changes,
  };
}
