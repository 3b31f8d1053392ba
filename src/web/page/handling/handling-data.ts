import { ask } from '../api/ask.js';
import type { InputOf, OutputOf } from '../api/table.js';

export type CallHandling = OutputOf<'GET', '/own/call-handling'>;
export type HandlingChange = Omit<InputOf<'PATCH', '/own/call-handling'>, 'dryRun'>;

const numbers = ['always', 'busy', 'noAnswer'] as const;

/** The fields that show what is wrong with them. */
export const handlingFields: readonly string[] = numbers;

/** What of it was changed in the form: people change the rest at their telephones meanwhile. */
export function readHandling(data: FormData, before: CallHandling | null): HandlingChange {
  if (!before || !data.has('always')) return {};
  const typed = numbers.map((name) => [name, String(data.get(name)).replace(/[\s()/.-]/g, '') || null] as const);
  const doNotDisturb = data.has('doNotDisturb');
  return {
    ...Object.fromEntries(typed.filter(([name, value]) => value !== before[name])),
    ...(doNotDisturb === before.doNotDisturb ? {} : { doNotDisturb }),
  };
}

/** Saves what was changed of an extension's, or finds out whether it could be saved. */
export async function sendHandling(change: HandlingChange, extension: string, dryRun: boolean): Promise<void> {
  if (Object.keys(change).length > 0)
    await ask('PATCH', '/call-handling/{extension}', { extension, ...change, dryRun });
}
