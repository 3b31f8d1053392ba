import { UserStore } from '../../../../src/store/users/user-store.js';

/** Adds and removes users over and over until it is killed, and says each change that was confirmed. */
const [path = ''] = process.argv.slice(2);
const store = await UserStore.open(path, () => Date.now());
if (store.isFileBroken) throw new Error('the file is broken');

for (let count = store.current.users.length; ; count = (count + 1) % 50) {
  const named = (_: unknown, n: number) => ({
    name: `user ${n}`,
    password: null,
    roles: ['read' as const],
    extension: null,
    language: 'de' as const,
    secondFactor: null,
  });
  await store.change((all) => ({ ...all, users: Array.from({ length: count }, named) }));
  process.stdout.write(`${count}\n`);
}
