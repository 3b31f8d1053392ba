import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller, Operation } from '../../../../src/admin/operation.js';
import { SettingsAdmin } from '../../../../src/admin/settings/settings-admin.js';
import { type SettingsFact, settingsFact } from '../../../../src/store/settings/settings-fact.js';
import { SettingsHistory, type SettingsVersion } from '../../../../src/store/settings/settings-history.js';
import type { Settings } from '../../../../src/store/settings/settings-schema.js';
import { SettingsStore } from '../../../../src/store/settings/settings-store.js';
import { sampleSettings } from '../../store/settings/sample-settings.js';
import { person } from '../box.js';

const at = '2026-03-04T12:00:00.000Z';

/** The settings of a box on disk, with what it recorded and went by. */
export class SettingsTestBox {
  private constructor(
    readonly folder: string,
    readonly applied: readonly Settings[],
    readonly facts: readonly SettingsFact[],
    readonly settings: SettingsAdmin,
  ) {}

  /** @param place Where an earlier one was, and what follows each change. */
  static async open(
    settings = sampleSettings(),
    {
      folder = '',
      follow = async () => {},
    }: { folder?: string; follow?: (version: SettingsVersion) => Promise<void> } = {},
  ): Promise<SettingsTestBox> {
    const place = folder === '' ? await mkdtemp(join(tmpdir(), 'modcall-settings-box-')) : folder;
    const applied: Settings[] = [];
    const facts: SettingsFact[] = [];
    const store = await SettingsStore.open(
      {
        path: join(place, 'settings.json'),
        history: await SettingsHistory.open(join(place, 'settings-history')),
        settings,
        isFromFile: false,
        record: async (head) => void facts.push(settingsFact(head)),
        obstacles: async () => [],
        async apply(version) {
          applied.push(version.settings);
          await follow(version);
        },
        onForeign: () => {},
        onUnkept: () => {},
      },
      at,
    );
    return new SettingsTestBox(place, applied, facts, new SettingsAdmin({ store, time: () => at, started: settings }));
  }

  get present(): Settings {
    return this.settings.current.settings;
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}

/** Runs an operation as a face does: by its name, input and output by their schemas. */
export async function run<Box>(
  operations: readonly Operation<Box>[],
  box: Box,
  name: string,
  input: object = {},
  caller: Caller = person('ada'),
): Promise<unknown> {
  const operation = operations.find((each) => each.name === name);
  if (!operation) throw new Error(`there is no operation ${name}`);
  return operation.output.parse(await operation.run(box, operation.input.parse(input), caller));
}

/** What such an answer lists. */
export const entriesOf = async (answer: Promise<unknown>): Promise<readonly unknown[]> => Object(await answer).entries;
