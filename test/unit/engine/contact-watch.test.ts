import { EventEmitter } from 'node:events';
import type { Call } from 'node-pjsua2';
import { afterEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../../src/engine/engine.js';
import { ContactWatch } from '../../../src/engine/pjsua/contact-watch.js';
import { type ContactId, contactId } from '../../../src/primitives/ids.js';

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
    ringing(watch, phone)();
    if (questions.length === 1) watch.heard(phone);
  }
  expect(questions).toHaveLength(2);
  for (const { reject } of questions) reject(new Error('no answer'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(vi.getTimerCount()).toBe(1);
  watch.stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('a call that the end of the box ends makes nobody ask the phone again and again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const told: EngineEvent[] = [];
  const watch = new ContactWatch(
    () => Promise.reject(new Error('the endpoint is closed')),
    (event) => told.push(event),
  );
  const end = ringing(watch, contactId('1'));
  watch.stop();
  end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('nothing is told of a phone that is no longer registered when the call to it ends', () => {
  const told: EngineEvent[] = [];
  const watch = new ContactWatch(
    () => undefined,
    (event) => told.push(event),
  );
  ringing(watch, contactId('1'))();
  expect(told).toEqual([]);
});

/** A call to the phone that gets no sign of life; ends it. */
function ringing(watch: ContactWatch, phone: ContactId): () => void {
  const call = new EventEmitter();
  // Of a call, only what it tells is looked at.
  watch.follow(phone, call as unknown as Call);
  return () => void call.emit('ended', { cause: 'timeout' });
}

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
