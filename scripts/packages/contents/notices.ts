import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shipped } from './shipped.js';

/** The notices that licences ask to be passed on with every copy: each text once, below the names of all that it is for. */
export function notices(npm: readonly Shipped[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, folder } of npm) {
    const text = noticeOf(folder) ?? `Licence: ${licence}`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  return `${[head, ...parts].join(`\n\n${'-'.repeat(78)}\n\n`)}\n`;
}

const head = `Modcall contains the work of others. PJSIP, OpenSSL and what PJSIP brings are in the file copyright beside this one;
below are the packages of npm.`;

function noticeOf(folder: string): string | null {
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)(\.md|\.txt)?$/i.test(file))
    .sort();
  if (files.length === 0) return null;
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
}
