import { expect, test } from 'vitest';
import { closeAll } from '../../../src/appliance/close-all.js';

test('what cannot be closed keeps nothing else open, and is reported', async () => {
  const closed: string[] = [];
  const closing = (name: string, error?: Error) => async () => {
    closed.push(name);
    if (error) throw error;
  };
  const fault = new Error('the phones do not end');
  const opened = [closing('folder'), closing('record'), closing('phones', fault)];
  await expect(closeAll(opened)).rejects.toBe(fault);
  expect(closed).toEqual(['phones', 'record', 'folder']);
  await closeAll(opened);
  expect(closed).toHaveLength(3);
});

test('what hangs keeps nothing else open, and is reported', async () => {
  const closed: string[] = [];
  const hangs = () => new Promise<void>(() => {});
  const record = async () => void closed.push('record');
  await expect(closeAll([record, hangs], 10)).rejects.toThrow('did not stop in time');
  expect(closed).toEqual(['record']);
});

test('everything that could not be closed is reported', async () => {
  const fails = (message: string) => () => Promise.reject(new Error(message));
  await expect(closeAll([fails('first'), fails('second')])).rejects.toMatchObject({
    errors: [{ message: 'second' }, { message: 'first' }],
  });
});
