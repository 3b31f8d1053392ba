import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BoardPanel } from '../../src/panel/board-panel.js';
import { SimulatedPanel } from '../doubles/panel.js';
import { FakePanel } from '../support/board/fake-panel.js';
import { panelContract } from './panel.contract.js';

panelContract('in memory', true, async () => {
  const panel = new SimulatedPanel();
  return {
    panel,
    isLit: (lamp) => panel.isLit(lamp),
    setButton: async (isClosed) => panel.setButton(isClosed),
    takeAway: async (part) => panel.takeAway(part),
    putBack: async (part) => panel.putBack(part),
    remove: async () => {},
  };
});

panelContract('LED class and input events', true, async () => {
  const hardware = await FakePanel.make(await mkdtemp(join(tmpdir(), 'modcall-panel-')));
  return {
    panel: new BoardPanel(hardware.parts),
    isLit: (lamp) => hardware.isLit(lamp),
    setButton: (isClosed) => hardware.setButton(isClosed),
    takeAway: (part) => hardware.takeAway(part),
    putBack: (part) => hardware.putBack(part),
    remove: () => rm(hardware.folder, { recursive: true }),
  };
});
