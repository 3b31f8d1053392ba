import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Fault, stateOperations } from '../../../src/admin/state-operations.js';
import { BoxView } from '../../../src/appliance/faces/box-view.js';
import type { SettingsState } from '../../../src/appliance/settings-health.js';
import type { Trouble } from '../../../src/appliance/troubles.js';
import { BoxClock } from '../../../src/gateway/clock.js';
import type { World } from '../../../src/gateway/world.js';
import { untouchedPanel } from '../../../src/indication/front-panel.js';
import { emptyMonitoring } from '../../../src/monitoring/monitoring.js';
import type { Closure } from '../../../src/monitoring/records.js';
import { AdminError } from '../../../src/store/admin-error.js';
import type { BoxFact } from '../../../src/store/audit/audit-entry.js';
import { toDirectory, toMonitoringPolicy } from '../../../src/store/settings/settings-rules.js';
import { everybodyThere } from '../../../src/switchboard/liveness.js';
import { emptySwitchboard } from '../../../src/switchboard/state.js';
import { SilentDisk } from '../../support/disks/silent-disk.js';
import { person } from '../admin/box.js';
import { run } from '../admin/settings/settings-box.js';
import { sampleSettings } from '../store/settings/sample-settings.js';

const now = Date.UTC(2026, 2, 4, 12);

let wall: number;
let closures: readonly Closure[];
let settings: SettingsState;
let findings: readonly BoxFact[];
let troubles: readonly Trouble[];
let advice: readonly string[];
let faults: readonly Fault[];
beforeEach(() => {
  wall = now;
  closures = [];
  settings = 'sound';
  findings = [];
  troubles = [];
  advice = [];
  faults = [];
});

function box(): BoxView {
  const sample = sampleSettings();
  const monitoring = emptyMonitoring(
    { ...toMonitoringPolicy(sample), helpTitles: { de: '', en: '' } },
    { lockouts: {}, quotas: { month: '', used: {} } },
  );
  const world: World = {
    switchboard: emptySwitchboard(toDirectory(sample)),
    monitoring: { ...monitoring, closures: new Set(closures) },
    frontPanel: { ...untouchedPanel(60_000), blockedUntil: now + 90_500 },
    liveness: everybodyThere,
    protections: new Map(),
  };
  return new BoxView({
    hardwareId: () => 'MH2-X',
    folder: tmpdir(),
    clock: new BoxClock(null, { wall: () => wall, uptimeMs: () => 0 }),
    gateway: { world, now },
    audit: { findings },
    health: { state: settings },
    restart: { waiting: null },
    updates: { faults: () => faults },
    troubles,
    leftOut: { advice: () => advice },
  });
}

const shown = (caller = person('ada')) => run(stateOperations, box(), 'state show', {}, caller);

test('a sound box tells its time, lamps, addresses and privacy, and that nothing is wrong', async () => {
  expect(await shown()).toMatchObject({
    ...{ hardwareId: 'MH2-X', uptimeSeconds: 0, time: '2026-03-04T12:00:00.000Z', clock: 'set' },
    ...{ addresses: expect.any(Array), lamps: { monitor: 'dark' }, settings: 'sound', closures: [] },
    ...{ monitors: 0, moderators: 0, isLicensed: true, privateForSeconds: 91, faults: [] },
  });
});

test('a disk that does not answer keeps nobody from seeing how the rest is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modcall-silent-'));
  const disk = SilentDisk.begin(folder);
  const view = box();
  const look = () => run(stateOperations, view, 'state show', {}, person('ada'));
  for (const seen of await Promise.all([look(), look()]))
    expect(seen).toMatchObject({ disk: null, clock: 'set', faults: [] });
  await disk.end();
  await vi.waitFor(async () => expect(await look()).toMatchObject({ disk: { usedPercent: expect.any(Number) } }));
  await rm(folder, { recursive: true });
});

test('a clock that was never set is told', async () => {
  wall = 0;
  expect(await shown()).toMatchObject({ clock: 'notSet' });
});

test('what is wrong is told in the language of those who look after the box, with what to do', async () => {
  closures = ['recordUnavailable', 'licenceMissing'];
  findings = [{ type: 'recordDamaged', problem: 'tailCut' }];
  troubles = [{ code: 'storageUnwritable', error: new AdminError({ code: 'command.noDataFolder' }) }];
  advice = ['The prompts of your own are left out.'];
  faults = [{ code: 'update.fellBack', text: 'An update did not come up.' }];
  const codes = ['storageUnwritable', 'recordUnavailable', 'recordDamaged', 'update.fellBack', 'leftOut'];
  const wrong = await shown({ ...person('eva', ['read']), language: 'de' });
  expect(wrong).toMatchObject({
    closures: ['recordUnavailable', 'licenceMissing'],
    words: { closures: ['das Prüfprotokoll kann nicht geschrieben werden', 'es gibt keine Lizenz'] },
    isLicensed: false,
    faults: codes.map((code) => ({ code, text: expect.stringMatching(/\.$/) })),
  });
  expect(JSON.stringify(wrong)).toContain('Prüfprotokoll lässt sich nicht schreiben');
});

test('settings that could not be used are a fault until there are good ones', async () => {
  troubles = [{ code: 'settingsSalvaged', error: new AdminError({ code: 'command.noDataFolder' }) }];
  settings = 'salvaged';
  expect(await shown()).toMatchObject({ settings: 'salvaged', faults: [{ code: 'settingsSalvaged' }] });
  settings = 'sound';
  expect(await shown()).toMatchObject({ settings: 'sound', faults: [] });
});

test.each(['council', 'moderator'] as const)(
  'a %s sees how the box is, but not what is wrong with it',
  async (role) => {
    closures = ['recordUnavailable'];
    expect(await shown(person('eva', [role]))).toMatchObject({ closures: ['recordUnavailable'], faults: null });
  },
);
