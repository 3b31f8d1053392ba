import { mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe } from 'vitest';
import { GpioPanel } from '../support/board/gpio-panel.js';
import { canFakeGpio } from '../support/board/gpio-tree.js';
import { compiled } from '../support/compiled.js';
import { panelContract } from './panel.contract.js';

describe.runIf(canFakeGpio)('with a /sys/class/gpio of its own', () => {
  let folder: string;
  let program: string;

  beforeAll(async () => {
    // Within the checkout, so that the script finds the packages.
    folder = await mkdtemp(fileURLToPath(new URL('../../build/panel-', import.meta.url)));
    program = await compiled(new URL('../support/board/panel-process.ts', import.meta.url), folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  // Lines of the processor cannot be unplugged; only before they are taken may their chip be missing.
  panelContract('onoff', false, async () => {
    const panel = await GpioPanel.open(program);
    return {
      panel,
      isLit: (lamp) => panel.isLit(lamp),
      setButton: (isClosed) => panel.setButton(isClosed),
      takeAway: (part) => panel.takeAway(part),
      putBack: (part) => panel.putBack(part),
      remove: () => panel.remove(),
    };
  });
});
