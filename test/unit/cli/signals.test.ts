import { afterEach, expect, test, vi } from 'vitest';
import { Signals } from '../../../src/cli/signals.js';

afterEach(() => vi.restoreAllMocks());

/** Of this program, not of the test runner. */
function listening(signal: NodeJS.Signals, others: readonly NodeJS.SignalsListener[]): () => void {
  const [own] = process.listeners(signal).filter((listener) => !others.includes(listener));
  if (!own) throw new Error(`nobody listens to ${signal}`);
  process.off(signal, own);
  return () => own(signal);
}

test('what follows at once is the same wish, and a second one later is a hurry', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(5000);
  const others = { SIGINT: process.listeners('SIGINT'), SIGTERM: process.listeners('SIGTERM') };
  const signals = new Signals();
  const interrupt = listening('SIGINT', others.SIGINT);
  const terminate = listening('SIGTERM', others.SIGTERM);
  const again = vi.fn();
  signals.onAgain(again);
  interrupt();
  terminate();
  interrupt();
  await signals.stop;
  expect(again).not.toHaveBeenCalled();
  now.mockReturnValue(6500);
  terminate();
  expect(again).toHaveBeenCalledOnce();
});
