import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { BoxUpdates } from '../../../src/appliance/box-updates.js';
import { StandInRauc } from '../../support/stand-in-rauc.js';
import { until } from '../../support/waiting.js';

const path = process.env.PATH;
afterEach(() => {
  vi.useRealTimers();
  process.env.PATH = path;
});

test('an update that fell back is told also where RAUC starts later than the box, whose absence is told once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modcall-updates-'));
  const rauc = await StandInRauc.start();
  const lines: string[] = [];
  const facts: object[] = [];
  const begun = { version: '1.3.0', slot: 'A', boot: 'an earlier one', isInstalled: true, fault: null };
  const by = { name: 'ada', kind: 'user' };
  await writeFile(join(folder, 'update.json'), JSON.stringify({ ...begun, restart: null, by, told: 'waiting' }));
  const updates = new BoxUpdates({
    image: '1.2.0',
    folder: { file: (name) => join(folder, `${name}.json`) },
    restart: { order: async () => 0 },
    audit: { append: async (fact) => void facts.push(fact) },
    log: pino({}, { write: (line) => void lines.push(line) }),
    hardwareId: () => null,
    channel: () => null,
    now: Date.now,
    isCalling: () => false,
  });
  const absences = () => lines.filter((line) => line.includes('updates of the system are not possible')).length;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  process.env.PATH = folder;
  try {
    updates.begin();
    await until('the absence to be told', () => absences() === 1);
    const isAbsent = async () => {
      await vi.advanceTimersByTimeAsync(60_000);
      return updates.faults('en').length === 0;
    };
    for (let minute = 0; minute < 3; minute += 1) expect(await isAbsent()).toBe(true);
    process.env.PATH = rauc.environment.PATH;
    await until('the update to be told', async () => !(await isAbsent()));
    expect([facts, updates.faults('en').map(({ code }) => code), absences()]).toEqual([
      [{ type: 'updateFellBack', version: '1.3.0' }],
      ['update.fellBack'],
      1,
    ]);
  } finally {
    updates.stop();
    await rauc.remove();
    await rm(folder, { recursive: true });
  }
});
