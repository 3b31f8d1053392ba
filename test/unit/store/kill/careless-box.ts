import { writeFile } from 'node:fs/promises';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { handlingNumbered } from './handling.js';

/** Writes call handling over what is there instead of beside it, without end, as no box does. */
const [folder = ''] = process.argv.slice(2);
for (let count = 1; ; count += 1) {
  const text = JSON.stringify(Object.fromEntries(handlingNumbered(count)));
  await writeFile(dataFile(folder, 'callHandling'), text);
  process.stdout.write(`handling ${count}\n`);
}
