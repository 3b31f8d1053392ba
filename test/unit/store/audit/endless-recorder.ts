import { profileId } from '../../../../src/primitives/ids.js';
import { openAudit } from '../../../../src/store/audit/audit.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { openRecords } from '../../../../src/store/records/durable-records.js';

/** Records over and over until it is killed: the test's stand-in for a power cut. Says how many entries are confirmed. */
const [folder = ''] = process.argv.slice(2);
const audit = await openAudit(folder, () => ({ time: new Date().toISOString() }));
const { records, save } = await openRecords(dataFile(folder, 'records'), {
  moderators: [],
  now: Date.now,
  isExpected: false,
  record: audit,
  recount: async () => ({ month: '', used: {} }),
});
for (let session = 0; ; session += 1) {
  const fact = { type: 'attempt', session, profile: profileId('support'), caller: '100' } as const;
  await Promise.all([audit.append(fact), audit.append(fact)]);
  process.stdout.write(`${2 * (session + 1)}\n`);
  await save(records);
}
