import type { CommandContext } from '../command.js';
import type { Holding } from './stopped-box.js';

/** Holds the data folder of the command. */
export const holdingFolder =
  ({
    dataFolder,
    terminal,
    loadStoppedBox,
  }: Pick<CommandContext, 'dataFolder' | 'terminal' | 'loadStoppedBox'>): Holding =>
  async (action) => {
    const { holdFolder } = await loadStoppedBox();
    const held = await holdFolder(dataFolder, terminal.language);
    try {
      return await action(held);
    } finally {
      await held.close();
    }
  };
