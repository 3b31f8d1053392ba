import { type ExtensionNumber, extensionNumber } from '../../../../src/primitives/ids.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { HandlingFile } from '../../../../src/store/records/handling-file.js';
import { type CallHandling, usualHandling } from '../../../../src/switchboard/handling/call-handling.js';

const somebody = extensionNumber('101');

/** Call handling that tells which change it is. */
export const handlingNumbered = (count: number): ReadonlyMap<ExtensionNumber, CallHandling> =>
  new Map([[somebody, { ...usualHandling, always: String(count), doNotDisturb: count % 2 === 1 }]]);

/** Which change a start finds, 0 where there was none yet; null where what it finds is damaged. */
export async function handlingIn(folder: string): Promise<number | null> {
  const { found, loss } = await HandlingFile.open(dataFile(folder, 'callHandling'));
  const handling = found.get(somebody) ?? usualHandling;
  const count = Number(handling.always);
  return loss === null && handling.doNotDisturb === (count % 2 === 1) ? count : null;
}
