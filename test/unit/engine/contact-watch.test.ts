import { EventEmitter } from 'node:events';
import type { Call } from 'node-pjsua2';
import { afterEach, expect, test, vi } from 'vitest';
import { ContactWatch } from '../../../src/engine/pjsua/contact-watch.js';
import { contactId } from '../../../src/primitives/ids.js';

afterEach(() => vi.useRealTimers());

test('a phone that answers and falls silent again while it is being asked is asked once at a time from then on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const questions: Question[] = [];
  const watch = new ContactWatch(
    () => {
      const question = deferred();
      questions.push(question);
      return question.promise;
    },
    () => {},
  );
  const phone = contactId('1');
  for (const _ of ['first', 'second']) {
    const call = new EventEmitter();
    // Of a call, only what it tells is looked at.
    watch.follow(phone, call as unknown as Call);
    call.emit('ended', { cause: 'timeout' });
    if (questions.length === 1) watch.heard(phone);
  }
  expect(questions).toHaveLength(2);
  for (const { reject } of questions) reject(new Error('no answer'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(vi.getTimerCount()).toBe(1);
  watch.stop();
  expect(vi.getTimerCount()).toBe(0);
});

interface Question {
  readonly promise: Promise<void>;
  reject(error: Error): void;
}

function deferred(): Question {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((_resolve, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}
