import type { BoardNotice } from './notice.js';
import type { SimulatedBoardAnswer, SimulatedBoardOrder } from './order.js';
import { readPageFiles } from './page-files.js';
import { PageServer } from './page-server.js';
import { SimulatedBoard } from './simulated-board.js';

let stop = async (): Promise<void> => {};

/** The parent process is gone, or wants no more. */
process.once('disconnect', async () => {
  await stop();
  process.exit(0);
});

async function start(order: SimulatedBoardOrder): Promise<SimulatedBoardAnswer> {
  const board = await SimulatedBoard.start(order);
  const server = await PageServer.listen(board, await readPageFiles(order.pageFiles), order.page);
  process.on('message', (notice: BoardNotice) => board.show(notice));
  stop = async () => {
    server.close();
    await board.stop();
  };
  return { type: 'ready', page: server.address };
}

process.once('message', async (order: SimulatedBoardOrder) => {
  const answer = await start(order).catch(
    (error: unknown): SimulatedBoardAnswer => ({
      type: 'failed',
      reason: error instanceof Error ? error.message : String(error),
    }),
  );
  process.send?.(answer, () => {
    if (answer.type === 'failed') process.exit(1);
  });
});
