import { fromText, fromUnsigned, joinBytes, toText, toUnsigned } from './bytes.js';
import { hardwareIdFromBytes, hardwareIdToBytes } from './hardware-id.js';
import type { Binding, Licence, LicenceKind, MemberLimit, Term } from './licence.js';

/**
 * The signed part of a licence key: fields of a tag byte, a length byte and a value, with numbers most significant byte first. A box skips
 * unknown fields, so that later keys can say more; a field whose tag has its highest bit set must be understood, or the key is refused as
 * one for a newer version.
 */
const tag = {
  product: 0x81,
  keyNumber: 0x82,
  issued: 0x83,
  kind: 0x84,
  hardwareId: 0x05,
  serverKey: 0x06,
  members: 0x87,
  highestMajor: 0x88,
  expires: 0x89,
  graceDays: 0x0a,
  holder: 0x0b,
  replaces: 0x0c,
} as const;
const mustBeKnown = 0x80;
const knownTags: ReadonlySet<number> = new Set(Object.values(tag));

const kindCodes: Readonly<Record<LicenceKind, number>> = { bought: 1, rented: 2, demo: 3, nfr: 4 };
const unlimitedMembers = 0xffff;

export type PayloadReading =
  | { readonly ok: true; readonly licence: Licence }
  | { readonly ok: false; readonly problem: 'unreadable' | 'newerFormat' };

/** @throws RangeError for a licence that cannot be written: a number out of range, no binding, a text over 255 bytes. */
export function writePayload(licence: Licence): Uint8Array {
  const { term } = licence;
  const expires = 'expires' in term ? term.expires : undefined;
  if (licence.bindings.length === 0) throw new RangeError('A licence must be bound to at least one box or server key');
  return joinBytes(
    field(tag.product, fromText(licence.product)),
    field(tag.keyNumber, unsigned(licence.keyNumber, 4)),
    field(tag.issued, seconds(licence.issued)),
    field(tag.kind, unsigned(kindCodes[term.kind], 1)),
    ...licence.bindings.map(bindingField),
    field(tag.members, unsigned(licence.members === 'unlimited' ? unlimitedMembers : licence.members, 2)),
    field(tag.highestMajor, unsigned(licence.highestMajor, 1)),
    ...(expires === undefined ? [] : [field(tag.expires, seconds(expires))]),
    ...(term.kind === 'rented' ? [field(tag.graceDays, unsigned(term.graceDays, 2))] : []),
    ...(licence.holder === undefined ? [] : [field(tag.holder, fromText(licence.holder))]),
    ...(licence.replaces === undefined ? [] : [field(tag.replaces, unsigned(licence.replaces, 4))]),
  );
}

/** Reads a payload whose signature has been verified. */
export function readPayload(payload: Uint8Array): PayloadReading {
  const fields = splitFields(payload);
  if (!fields) return { ok: false, problem: 'unreadable' };
  if (fields.some(([name]) => name & mustBeKnown && !knownTags.has(name))) return { ok: false, problem: 'newerFormat' };
  const licence = licenceFrom(fields);
  return licence ? { ok: true, licence } : { ok: false, problem: 'unreadable' };
}

type Field = readonly [name: number, value: Uint8Array];

function field(name: number, value: Uint8Array): Uint8Array {
  if (value.length > 255) throw new RangeError(`A field of a licence key holds at most 255 bytes, not ${value.length}`);
  return joinBytes(Uint8Array.of(name, value.length), value);
}

function unsigned(value: number, length: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** length) {
    throw new RangeError(`${value} does not fit into ${length} bytes of a licence key`);
  }
  return fromUnsigned(value, length);
}

function seconds(instant: number): Uint8Array {
  return unsigned(Math.floor(instant / 1000), 4);
}

function bindingField(binding: Binding): Uint8Array {
  switch (binding.to) {
    case 'hardware':
      return field(tag.hardwareId, joinBytes(Uint8Array.of(binding.id.version), hardwareIdToBytes(binding.id)));
    case 'server':
      return field(tag.serverKey, unsigned(binding.keyNumber, 4));
  }
}

function splitFields(payload: Uint8Array): Field[] | undefined {
  const fields: Field[] = [];
  let offset = 0;
  while (offset < payload.length) {
    const name = payload[offset];
    const length = payload[offset + 1];
    if (name === undefined || length === undefined || offset + 2 + length > payload.length) return undefined;
    fields.push([name, payload.slice(offset + 2, offset + 2 + length)]);
    offset += 2 + length;
  }
  return fields;
}

function licenceFrom(fields: readonly Field[]): Licence | undefined {
  const bytesOf = (name: number): Uint8Array | undefined => fields.find((each) => each[0] === name)?.[1];
  const numberOf = (name: number): number | undefined => {
    const value = bytesOf(name);
    return value && toUnsigned(value);
  };
  const textOf = (name: number): string | undefined => {
    const value = bytesOf(name);
    return value && toText(value);
  };
  const product = textOf(tag.product);
  const keyNumber = numberOf(tag.keyNumber);
  const issued = numberOf(tag.issued);
  const term = termFrom(numberOf(tag.kind), numberOf(tag.expires), numberOf(tag.graceDays));
  const bindings = fields.flatMap(bindingsFrom);
  const members = numberOf(tag.members);
  const highestMajor = numberOf(tag.highestMajor);
  if (!product || !keyNumber || issued === undefined || !term || members === undefined || highestMajor === undefined) {
    return undefined;
  }
  const holder = textOf(tag.holder);
  const replaces = numberOf(tag.replaces);
  return {
    product,
    keyNumber,
    issued: issued * 1000,
    term,
    bindings,
    members: memberLimit(members),
    highestMajor,
    ...(holder === undefined ? {} : { holder }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

function termFrom(code: number | undefined, expiresSeconds: number | undefined, graceDays = 0): Term | undefined {
  const expires = expiresSeconds === undefined ? undefined : expiresSeconds * 1000;
  switch (code) {
    case kindCodes.bought:
      return expires === undefined ? { kind: 'bought' } : undefined;
    case kindCodes.rented:
      return expires === undefined ? undefined : { kind: 'rented', expires, graceDays };
    case kindCodes.demo:
      return expires === undefined ? undefined : { kind: 'demo', expires };
    case kindCodes.nfr:
      return expires === undefined ? { kind: 'nfr' } : { kind: 'nfr', expires };
    default:
      return undefined;
  }
}

/** A kind of binding that this version does not know has no effect here; the licence's other bindings remain valid. */
function bindingsFrom([name, value]: Field): Binding[] {
  if (name === tag.serverKey) return [{ to: 'server', keyNumber: toUnsigned(value) }];
  const [version] = value;
  if (name !== tag.hardwareId || (version !== 1 && version !== 2)) return [];
  const id = hardwareIdFromBytes(value.slice(1), version);
  return id ? [{ to: 'hardware', id }] : [];
}

function memberLimit(members: number): MemberLimit {
  return members === unlimitedMembers ? 'unlimited' : members;
}
