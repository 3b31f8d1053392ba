import type { UnixTime } from '../primitives/time.js';
import { fromHex, fromText, joinBytes, toHex } from './bytes.js';
import { type HardwareId, hardwareIdText, readHardwareId, sameHardwareId } from './hardware-id.js';
import { type Sign, signatureBytes, type Trust } from './licence-key.js';

/** Boxes whose demo, rented and NFR licences are no longer valid, by product. Shipped with updates. */
export interface BlockList {
  /** Rises with every list. */
  readonly number: number;
  readonly issued: UnixTime;
  readonly entries: readonly BlockedBox[];
}

export interface BlockedBox {
  readonly product: string;
  readonly id: HardwareId;
}

export type BlockListReading =
  | { readonly ok: true; readonly list: BlockList }
  | { readonly ok: false; readonly problem: 'notABlockList' | 'notSigned' };

const title = 'Modcall block list 1';
const signedDomain = fromText('modcall-block-list-1\n');

/** The list as text, one line for each box, and a signature over all the lines before it. */
export function writeBlockList(list: BlockList, sign: Sign): string {
  const lines = [
    title,
    `number ${list.number}`,
    `issued ${new Date(list.issued).toISOString()}`,
    ...list.entries.map(({ product, id }) => `blocked ${product} ${hardwareIdText(id)}`),
  ];
  const body = `${lines.join('\n')}\n`;
  return `${body}signature ${toHex(sign(signedMessage(body)))}\n`;
}

export function readBlockList(text: string, trust: Trust): BlockListReading {
  const [, body, signatureHex = ''] = /^(.*\n)signature ([0-9a-f]+)\s*$/s.exec(text.replaceAll('\r\n', '\n')) ?? [];
  const signature = fromHex(signatureHex);
  if (!body?.startsWith(`${title}\n`) || signature?.length !== signatureBytes)
    return { ok: false, problem: 'notABlockList' };
  const isSigned = trust.publicKeys.some((key) => trust.verifySignature(key, signedMessage(body), signature));
  if (!isSigned) return { ok: false, problem: 'notSigned' };
  const list = listFrom(body);
  return list ? { ok: true, list } : { ok: false, problem: 'notABlockList' };
}

export function isBlocked(list: BlockList | undefined, product: string, id: HardwareId): boolean {
  return list?.entries.some((entry) => entry.product === product && sameHardwareId(entry.id, id)) ?? false;
}

function signedMessage(body: string): Uint8Array {
  return joinBytes(signedDomain, fromText(body));
}

function listFrom(body: string): BlockList | undefined {
  const number = Number(/^number (\d+)$/m.exec(body)?.[1]);
  const issued = Date.parse(/^issued (\S+)$/m.exec(body)?.[1] ?? '');
  if (Number.isNaN(number) || Number.isNaN(issued)) return undefined;
  const entries = [...body.matchAll(/^blocked (\S+) (\S+)$/gm)].flatMap(([, product = '', idText = '']) => {
    const reading = readHardwareId(idText);
    return reading.ok ? [{ product, id: reading.id }] : [];
  });
  return { number, issued, entries };
}
