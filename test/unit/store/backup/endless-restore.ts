import { createReadStream } from 'node:fs';
import { completeRestore, orderContent } from '../../../../src/store/backup/restore.js';
import { by } from './samples.js';

/** Restores one content after the other until it is killed. */
const [folder = '', ...contents] = process.argv.slice(2);
await completeRestore(folder);
process.stdout.write('begins\n');
for (;;) {
  for (const content of contents) {
    await orderContent(folder, createReadStream(content), by);
    await completeRestore(folder);
  }
}
