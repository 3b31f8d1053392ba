import { expect, test } from 'vitest';
import { allFollow } from '../../../src/appliance/faces/all-follow.js';

test('a part that cannot follow keeps none of the others from it, and is told of', async () => {
  const followed: string[] = [];
  const follows = (name: string) => async () => void followed.push(name);
  const fails = async () => {
    throw new Error('no trunk');
  };
  await expect(allFollow([follows('telephony'), fails, follows('webhooks'), follows('web')])).rejects.toThrow(
    'no trunk',
  );
  expect(followed).toEqual(['telephony', 'webhooks', 'web']);
});
