import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { licenceRows } from '../../src/admin/licence/licence-rows.js';
import { sheetHtml, sheetText } from '../../src/admin/licence/sheet.js';
import { readLicenceFile } from '../../src/licence-desk/licence-files.js';
import { type BlockedBox, type BlockList, readBlockList, writeBlockList } from '../../src/licensing/block-list.js';
import { toHex } from '../../src/licensing/bytes.js';
import { hardwareIdText } from '../../src/licensing/hardware-id.js';
import { type Licence, modcallProduct } from '../../src/licensing/licence.js';
import { licenceFileText } from '../../src/licensing/licence-file.js';
import { type KeyReading, plainLicenceKey, readLicenceKey, type Trust } from '../../src/licensing/licence-key.js';
import { keyProblemMessage, verdictMessages } from '../../src/licensing/messages.js';
import { judge } from '../../src/licensing/verdict.js';
import { linesOf, textOf } from '../../src/locales/text.js';
import type { Language } from '../../src/primitives/language.js';
import { deliveryNote } from './delivery-note.js';
import { VendorOffice } from './office.js';
import { hardwareIdFromOption, newLicence, type OrderOptions, upgradedLicence } from './order.js';
import { VendorError } from './vendor-error.js';

/** Everything that can be said on the command line. */
export interface VendorOptions extends OrderOptions {
  readonly office: string;
  readonly output: string;
  readonly language: Language;
  readonly version?: string;
  readonly extensions?: string;
  readonly list?: string;
  readonly also?: string;
}

export interface CommandInput {
  readonly options: VendorOptions;
  readonly words: readonly string[];
  readonly now: number;
  /** Asks for the passphrase of the private key; twice when it is a new one. */
  readonly passphrase: (isNew: boolean) => Promise<string>;
}

/** Each returns what to print. */
export const commands: ReadonlyMap<string, (input: CommandInput) => Promise<string>> = new Map([
  ['make-keys', makeKeys],
  ['public-key', publicKey],
  ['issue', issue],
  ['upgrade', upgrade],
  ['explain', explain],
  ['delivery-note', printDeliveryNote],
  ['block', block],
]);

async function makeKeys({ options, passphrase }: CommandInput): Promise<string> {
  const office = new VendorOffice(options.office);
  await office.makeKeys(await passphrase(true));
  return `Key pair made in ${options.office}. Public key: ${toHex(await office.publicKey())}\nKeep two backups of the folder: without the private key no licence can ever be issued again.`;
}

/** The source file that builds the public key into the product. */
async function publicKey({ options }: CommandInput): Promise<string> {
  const own = toHex(await new VendorOffice(options.office).publicKey());
  const keys = options.also === undefined ? [own] : [own, options.also];
  if (!keys.every((key) => /^[0-9a-f]{64}$/.test(key))) throw new VendorError('--also must be 64 hexadecimal digits.');
  return vendorKeysSource(keys);
}

function vendorKeysSource(keys: readonly string[]): string {
  const list = keys.length === 1 ? `'${keys[0]}'` : `\n${keys.map((key) => `  '${key}',\n`).join('')}`;
  return `/**
 * The vendor's public keys (Ed25519, hexadecimal): a licence key or block list counts when it is signed with one of them. Two, while one
 * is being replaced by the other. Replaced only when the product is built: see scripts/vendor/README.md.
 */
export const vendorKeys: readonly string[] = [${list}];`;
}

async function issue({ options, now, passphrase }: CommandInput): Promise<string> {
  const order = newLicence(options, now);
  return deliver(await new VendorOffice(options.office).issue(order, await passphrase(false)), options);
}

async function upgrade({ options, words, now, passphrase }: CommandInput): Promise<string> {
  const office = new VendorOffice(options.office);
  const old = genuine(await readKey(words, await office.trust()));
  return deliver(await office.issue(upgradedLicence(old, options, now), await passphrase(false)), options);
}

async function explain({ options, words, now }: CommandInput): Promise<string> {
  const reading = await readKey(words, await new VendorOffice(options.office).trust());
  const rows = reading.ok ? licenceRows(reading.licence, options.language).map((row) => row.join(': ')) : [];
  return [...rows, ...validity(reading, options, now)].join('\n');
}

async function printDeliveryNote({ options, words }: CommandInput): Promise<string> {
  const text = await keyText(words);
  const licence = genuine(readLicenceKey(text, await new VendorOffice(options.office).trust()));
  return writeNote(licence, plainLicenceKey(text) ?? text, options);
}

async function block({ options, now, passphrase }: CommandInput): Promise<string> {
  const office = new VendorOffice(options.office);
  if (options.list === undefined)
    throw new VendorError('--list is missing: give the source file of the list; it is made if it does not exist.');
  const before = await presentList(options.list, await office.trust());
  const added = (options['hardware-id'] ?? []).map(
    (text): BlockedBox => ({ product: options.product ?? modcallProduct, id: hardwareIdFromOption(text) }),
  );
  const list: BlockList = { number: before.number + 1, issued: now, entries: [...before.entries, ...added] };
  await writeFile(options.list, blockListSource(writeBlockList(list, await office.sign(await passphrase(false)))));
  return `Block list number ${list.number} with ${list.entries.length} entries written: ${options.list}`;
}

async function deliver({ licence, key }: { licence: Licence; key: string }, options: VendorOptions): Promise<string> {
  const path = join(options.output, `licence-${licence.keyNumber}.txt`);
  await mkdir(options.output, { recursive: true });
  await writeFile(path, licenceFileText(key, licenceRows(licence, options.language)), { flag: 'wx' });
  return [key, `Written: ${path}`, await writeNote(licence, key, options)].join('\n');
}

async function writeNote(licence: Licence, key: string, { output, language }: VendorOptions): Promise<string> {
  const note = deliveryNote(licence, key, language);
  const base = join(output, `delivery-note-${licence.keyNumber}`);
  await mkdir(output, { recursive: true });
  await writeFile(`${base}.txt`, sheetText(note));
  await writeFile(`${base}.html`, sheetHtml(note));
  return `Written: ${base}.txt, ${base}.html`;
}

/** Whether the key would be valid on the box of --hardware-id, as far as the other options say. */
function validity(reading: KeyReading, options: VendorOptions, now: number): string[] {
  const [idText] = options['hardware-id'] ?? [];
  if (idText === undefined) {
    return reading.ok ? [] : [textOf(options.language, keyProblemMessage(reading.problem, ''))];
  }
  const hardwareId = hardwareIdFromOption(idText);
  const verdict = judge({
    key: reading,
    serverKey: undefined,
    blockList: undefined,
    hardwareId,
    formerIds: [],
    isSimulatedBoard: false,
    productVersion: options.version ?? '0.0.0',
    extensionsSetUp: Number(options.extensions ?? 0),
    now,
    clockMemory: undefined,
  });
  return [`${hardwareIdText(hardwareId)}: ${linesOf(options.language, verdictMessages(verdict))}`];
}

/** The source file that builds the list into the product. */
function blockListSource(list: string): string {
  return `/** The vendor's signed block list as of this build. Written by \`scripts/vendor/vendor.sh block\`. */
export const shippedBlockList = \`${list}\`;
`;
}

async function presentList(path: string, trust: Trust): Promise<BlockList> {
  const source = await readFile(path, 'utf8').catch(() => '');
  const [, text] = /`(Modcall block list[^`]*)`/.exec(source) ?? [];
  if (text === undefined) return { number: 0, issued: 0, entries: [] };
  const reading = readBlockList(text, trust);
  if (!reading.ok) throw new VendorError(`${path} is not a block list signed by this office (${reading.problem}).`);
  return reading.list;
}

async function readKey(words: readonly string[], trust: Trust): Promise<KeyReading> {
  return readLicenceKey(await keyText(words), trust);
}

/** The key as words or as the name of its file. */
async function keyText(words: readonly string[]): Promise<string> {
  const [first, ...more] = words;
  if (first === undefined) throw new VendorError('Give a licence key or the name of its file.');
  return (more.length === 0 ? await readLicenceFile(first).catch(() => undefined) : undefined) ?? words.join(' ');
}

function genuine(reading: KeyReading): Licence {
  if (!reading.ok) throw new VendorError(textOf('en', keyProblemMessage(reading.problem, '')));
  return reading.licence;
}
