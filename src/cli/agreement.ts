import { makeSignerKey, signDocument } from '../admin/agreement/signer-key.js';
import { text } from '../locales/text.js';
import type { Command } from './command.js';
import { saying } from './command-error.js';
import { requireNewName, writeNewFile } from './new-file.js';
import { knownPassphrase, newPassphrase, parseSealing, readSmallFile, type SealingArguments } from './passphrase.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { optionMissing, usageError } from './words.js';

/** `modcall agreement make-key` and `sign-document`: what employer and council do on a computer of their own, without any box. */
export const runAgreement: Command = ([verb, ...rest], { terminal }) =>
  saying(terminal, async () => {
    const args = parseSealing(rest);
    const [document, key, tooMany] = args.words;
    if (verb === 'make-key' && document === undefined) return makeKey(terminal, args);
    if (verb === 'sign-document' && document !== undefined && key !== undefined && tooMany === undefined)
      return sign(terminal, args, document, key);
    throw usageError(verb === 'make-key' ? document : tooMany, 'command.agreement.usage');
  });

async function makeKey(terminal: Terminal, args: SealingArguments): Promise<ExitCode> {
  const { output, json } = args;
  if (output === undefined) throw optionMissing('output');
  await requireNewName(output);
  const { sealed, publicKey } = await makeSignerKey(await newPassphrase(terminal, args));
  await writeNewFile(output, sealed);
  terminal.print(
    json
      ? JSON.stringify({ written: output, publicKey })
      : text(terminal.language, 'command.agreement.keyMade', { path: output, publicKey }),
  );
  return exitCode.ok;
}

async function sign(terminal: Terminal, args: SealingArguments, document: string, key: string): Promise<ExitCode> {
  const [written, sealed] = [await readSmallFile(document), await readSmallFile(key)];
  const signed = await signDocument(written, sealed, await knownPassphrase(terminal, args));
  terminal.print(
    args.json ? JSON.stringify(signed) : text(terminal.language, 'command.agreement.signed', { ...signed }),
  );
  return exitCode.ok;
}
