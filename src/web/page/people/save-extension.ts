import { ask } from '../api/ask.js';
import { sendAgainst } from '../api/send-against.js';
import type { InputOf, OutputOf } from '../api/table.js';
import type { How } from '../kit/form/edit.js';
import { readEncryption } from '../kit/form/encryption-field.js';
import type { Extension } from './people-data.js';

export type Groups = OutputOf<'GET', '/groups'>;
type ExtensionFields = InputOf<'PUT', '/extensions/{number}'>;

/** What the form says of an extension. */
export interface SentExtension {
  readonly fields: ExtensionFields;
  /** The groups that it shall be in, by their short names. */
  readonly groups: readonly string[];
}

/** By this word the box makes a password. */
const generate = 'generate';

/** @param before as it was; null for a new one. */
export function readExtension(data: FormData, before: Extension | null): SentExtension {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const passwords: Readonly<Record<string, string>> = { make: generate, own: String(data.get('password') ?? '') };
  const password = passwords[text('passwordKind')];
  const language = text('language');
  const callerId = text('callerId').replace(/[\s()/.-]/g, '');
  return {
    fields: {
      ...(before?.digest ? { digest: before.digest } : {}),
      number: before?.number ?? text('number'),
      name: text('name'),
      consents: data.has('consents'),
      encryption: readEncryption(data),
      ...(callerId === '' ? {} : { callerId }),
      ...(language === 'de' || language === 'en' ? { language } : {}),
      ...(password === undefined ? {} : { password }),
    },
    groups: data.getAll('groups').map(String),
  };
}

/** Saves the extension, or finds out whether it could be saved. */
export const sendExtension = ({ fields }: SentExtension, { basis, dryRun }: How) =>
  ask('PUT', '/extensions/{number}', { ...fields, dryRun }, basis);

/** Puts the extension into the groups that are wanted, and takes it out of the others. */
export async function saveGroups({ fields: { number }, groups: wanted }: SentExtension, groups: Groups): Promise<void> {
  for (const { id, members } of groups.entries) {
    if (wanted.includes(id) === members.includes(number)) continue;
    const changed = wanted.includes(id) ? [...members, number] : members.filter((member) => member !== number);
    await sendAgainst(['groups', id], groups.version, (basis) =>
      ask('PATCH', '/groups/{id}', { id, members: changed }, basis),
    );
  }
}
