import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAudit } from '../../../../src/store/audit/audit.js';
import { lastRecordedTime } from '../../../../src/store/audit/audit-tail.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';

const time = '2026-05-01T12:00:00.000Z';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-tail-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the time of the last entry', () => {
  it('is unknown if there is no record yet', async () => {
    expect(await lastRecordedTime(folder)).toBeNull();
  });

  it('is that of the last whole entry, though the power failed while the next was written', async () => {
    const audit = await openAudit(folder, () => ({ time }));
    await audit.append({ type: 'boxStopped' });
    await audit.close();
    expect(await lastRecordedTime(folder)).toBe(Date.parse(time));
    await appendFile(dataFile(folder, 'audit'), '{"seq":2,"time":"2026-05');
    expect(await lastRecordedTime(folder)).toBe(Date.parse(time));
  });

  it('is not said to be unknown because the record cannot be read', async () => {
    await mkdir(dataFile(folder, 'audit'));
    await expect(lastRecordedTime(folder)).rejects.toMatchObject({ code: 'ENOTFILE' });
    await writeFile(join(folder, 'file'), '');
    await expect(lastRecordedTime(join(folder, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
