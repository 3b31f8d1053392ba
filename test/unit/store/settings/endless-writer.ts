import { writeDurably } from '../../../../src/store/files/durable-file.js';

/** Writes one file over and over until it is killed: the test's stand-in for a power cut. Says so after the first time. */
const [path = '', round = ''] = process.argv.slice(2);
const filling = 'x'.repeat(200_000);

for (let count = 0; ; count += 1) {
  await writeDurably(path, JSON.stringify({ round: Number(round), count, filling, end: true }));
  if (count === 0) process.stdout.write('written\n');
}
