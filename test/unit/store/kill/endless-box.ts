import { setTimeout as pause } from 'node:timers/promises';
import { callId } from '../../../../src/primitives/ids.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { HandlingFile } from '../../../../src/store/records/handling-file.js';
import { handlingIn, handlingNumbered } from './handling.js';
import { openStores } from './stores.js';

/** Writes all that a box writes, at the same time and without end, and says of each kind how far it is confirmed. */
const [folder = ''] = process.argv.slice(2);
process.stdout.write('begins 0\n');
const { settings, users, calls, records } = await openStores(folder);
const confirmed = (kind: string, count: number) => process.stdout.write(`${kind} ${count}\n`);

const by = { kind: 'user', name: 'ada' } as const;
const salt = 'x'.repeat(22);

/** By turns another time to ring, and another PIN. */
async function changeSettings(): Promise<never> {
  for (;;) {
    const next = settings.current.version + 1;
    const pin = `$scrypt$ln=14,r=8,p=1$${salt}$${String(next).padStart(43, '0')}`;
    await settings.change({
      by,
      at: new Date().toISOString(),
      basis: settings.current.version,
      change: ({ extensions: [lead, ...others], ...rest }) => ({
        ...rest,
        ringSeconds: 5 + (next % 170),
        extensions: [{ ...lead, pin }, ...others],
      }),
    });
    confirmed('settings', settings.current.version);
  }
}

async function changeUsers(): Promise<never> {
  for (let count = users.current.users.length; ; count = (count + 1) % 50) {
    const named = (_: unknown, n: number) => ({
      name: `user ${n}`,
      password: null,
      roles: ['read' as const],
      extension: null,
      language: 'de' as const,
      secondFactor: null,
    });
    await users.change((all) => ({ ...all, users: Array.from({ length: count }, named) }));
    confirmed('users', count);
  }
}

async function endCalls(): Promise<never> {
  for (let count = 1; ; count += 1) {
    const now = Date.now();
    await calls.append({
      call: callId(count),
      startedAt: now,
      answeredAt: now,
      endedAt: now,
      from: '101',
      route: { kind: 'trunk', trunks: [], number: '102' },
      answeredBy: '102',
      via: [],
      talkedMs: 1,
      cause: 'normal',
    });
    confirmed('calls', count);
    // So many calls end in no office, and each start here counts them all.
    await pause(5);
  }
}

async function countQuotas(): Promise<never> {
  for (let used = (records.records.quotas.used['101'] ?? 0) + 1; ; used += 1) {
    await records.save({ ...records.records, quotas: { month: '2026-03', used: { 101: used } } });
    confirmed('quota', used);
  }
}

/** By turns another number to forward to, and whether somebody wants no calls. */
async function changeHandling(): Promise<never> {
  const handlings = await HandlingFile.open(dataFile(folder, 'callHandling'));
  for (let count = ((await handlingIn(folder)) ?? 0) + 1; ; count += 1) {
    await handlings.save({ of: handlingNumbered(count) });
    confirmed('handling', count);
  }
}

await Promise.all([changeSettings(), changeUsers(), endCalls(), countQuotas(), changeHandling()]);
