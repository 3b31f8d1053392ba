import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { askSecret } from '../../src/cli/ask-secret.js';
import { type CommandInput, commands } from './commands.js';
import { VendorError } from './vendor-error.js';

const usage = `The vendor's licence tool. Every command: --office FOLDER (default: vendor-office).

  make-keys                         make the key pair of the vendor
  public-key [--also HEX]           the source of src/licensing/vendor-keys.ts; --also: a second key, while one replaces the other
  issue --kind bought|rented|demo|nfr --hardware-id ID … --tier 20|40|80|150|250|unlimited --major N
        [--server-key NUMBER …] [--expires 2027-12-31] [--grace DAYS] [--holder NAME] [--product NAME]
  upgrade KEY|FILE [--tier N] [--major N] [--kind K] [--expires DATE] [--hardware-id ID …]
  explain KEY|FILE [--hardware-id ID] [--version V] [--extensions N]
  delivery-note KEY|FILE
  block --list FILE --hardware-id ID … [--product NAME]

issue, upgrade, delivery-note: --output FOLDER (default: the present one), --language de|en (default: en).
Where the private key is used: --passphrase-file FILE, else the passphrase is asked for.`;

async function run(args: readonly string[]): Promise<string> {
  const { values, positionals } = parse(args);
  const [name = '', ...words] = positionals;
  const command = commands.get(name);
  if (!command) throw new VendorError(usage);
  const { language, 'passphrase-file': passphraseFile, ...options } = values;
  if (language !== 'de' && language !== 'en') throw new VendorError('--language: give de or en.');
  const passphrase: CommandInput['passphrase'] = (isNew) => readPassphrase(passphraseFile, isNew);
  return command({ options: { ...options, language }, words, now: Date.now(), passphrase });
}

function parse(args: readonly string[]) {
  const one = { type: 'string' } as const;
  const several = { type: 'string', multiple: true } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        office: { type: 'string', default: 'vendor-office' },
        output: { type: 'string', default: '.' },
        language: { type: 'string', default: 'en' },
        'passphrase-file': one,
        product: one,
        kind: one,
        'hardware-id': several,
        'server-key': several,
        tier: one,
        major: one,
        expires: one,
        grace: one,
        holder: one,
        version: one,
        extensions: one,
        list: one,
        also: one,
      },
    });
  } catch (error) {
    throw new VendorError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

async function readPassphrase(file: string | undefined, isNew: boolean): Promise<string> {
  if (file !== undefined) return (await readFile(file, 'utf8')).split(/\r?\n/)[0] ?? '';
  const passphrase = await askSecret('Passphrase of the private key: ');
  if (isNew && (await askSecret('Passphrase again: ')) !== passphrase) {
    throw new VendorError('The two passphrases are not the same. Please try again.');
  }
  return passphrase;
}

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof VendorError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
