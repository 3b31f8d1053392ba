import type { StartOptions } from '../cli/start-options.js';
import type { DemoPhonesOrder } from '../demo/demo-phones.js';
import type { EngineAddress } from '../engine/engine.js';
import type { Log } from '../log/log.js';
import { AdminError } from '../store/admin-error.js';
import { inTime, NotInTime } from '../store/in-time.js';
import type { DemoNotes } from '../store/settings/first-settings.js';
import type { SettingsInUse } from '../store/settings/settings-in-use.js';
import { installation } from './installation.js';
import { OwnProcess } from './own-process.js';
import { Supervised } from './supervised.js';
import type { TellLeftOut } from './troubles.js';

/** Longer than they take on a busy machine, and shorter than the start watch's patience. */
const patienceMs = 8000;

/** @throws AdminError with what is wrong: the accounts of the demonstration are in the settings. */
export function requireSoundSettings({ trouble }: SettingsInUse): void {
  if (trouble) throw new AdminError({ code: 'start.demoSettings' }, { further: [trouble] });
}

/** Starts two phones in a process of their own, as real phones would be. Returns how to stop them. */
export async function startDemoPhones(
  { language }: StartOptions,
  notes: DemoNotes | null,
  addresses: readonly EngineAddress[],
  log: Log,
  onLeftOut: TellLeftOut,
): Promise<() => Promise<void>> {
  const address = addresses.find(({ protocol }) => protocol === 'udp');
  const [caller, callee] = Object.entries(notes?.passwords ?? {}).filter(([number]) => number !== notes?.moderator);
  if (!caller || !callee || !address) {
    throw new AdminError({ code: 'start.demo' });
  }
  const phone = ([number, password]: [string, string], side: string) => ({
    number,
    password,
    speech: `${installation.prompts}/demo/${language}-${side}.wav`,
  });
  const order: DemoPhonesOrder = {
    server: { address: '127.0.0.1', port: address.port },
    caller: phone(caller, 'caller'),
    callee: phone(callee, 'callee'),
  };
  const phones = await Supervised.start({
    begin: () =>
      inTime((signal) => OwnProcess.start({ program: installation.demoPhones }, { ...order }, signal), patienceMs, {
        code: 'start.leftOut.demoPhones',
      }),
    onLost: (reason, pauseMs) => log.error({ reason, pauseMs }, 'the demo phones have stopped and are being restarted'),
    onBack: () => log.info('the demo phones are back'),
  }).catch((error: unknown) => {
    if (!(error instanceof NotInTime)) throw error;
    onLeftOut(error);
  });
  return async () => phones?.stop();
}
