import { connectSocket } from '../../admin/data-folder.js';
import { stoppedOperations } from '../../admin/operations.js';
import { AdminError } from '../../admin/speaking.js';
import type { CommandContext } from '../command.js';
import { CommandError } from '../command-error.js';
import { exitCode } from '../terminal.js';
import { type BoxClient, boxClient } from './box-client.js';
import { findBox } from './find-box.js';
import type { OpenStoppedBox } from './stopped-box.js';

/** A box that can be asked: the running one, or one that is opened for this command. */
export interface OpenBox {
  readonly client: BoxClient;
  close(): Promise<void>;
}

type BoxContext = Pick<CommandContext, 'dataFolder' | 'terminal' | 'loadStoppedBox'>;

const stopped = new Set<string>(stoppedOperations.map(({ name }) => name));

/**
 * Looks for the box first, since nobody likes to type for nothing; then it is opened.
 * @param name of the operation that it will be asked for.
 * @throws AdminError where no box runs, and only a running one can do it.
 */
export async function boxFor(name: string, context: BoxContext): Promise<() => Promise<OpenBox>> {
  const { dataFolder, terminal, loadStoppedBox } = context;
  const running = await findBox(dataFolder, terminal.language);
  if (running) return async () => ({ client: running, close: async () => {} });
  if (!stopped.has(name))
    throw new CommandError({ code: 'client.boxNotRunning', params: { command: name } }, exitCode.failed);
  return async () =>
    (await openStopped((await loadStoppedBox()).openStoppedBox, context)) ??
    boxFor(name, context).then((open) => open());
}

/** Null where a box was started meanwhile, or another command is quicker. */
async function openStopped(open: OpenStoppedBox, { dataFolder, terminal }: BoxContext): Promise<OpenBox | null> {
  const box = await open(dataFolder, terminal.language).catch((error: unknown) => {
    if (error instanceof AdminError && error.problem.code === 'storage.inUse') return null;
    throw error;
  });
  if (!box) return null;
  const client = boxClient(() => connectSocket(box.socket), terminal.language);
  return { client, close: () => box.close() };
}
