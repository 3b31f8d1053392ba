import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FxsCircuit } from '../../../src/simulator/hat/fxs-circuit.js';
import { Oscillator } from '../../../src/simulator/hat/oscillator.js';
import { Telephone } from '../../../src/simulator/hat/telephone.js';

/** Nothing else runs meanwhile, as on a machine that is busy. */
function standStill(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('takes pulses for pulses, and a flash for one, while the machine stands still again and again', async () => {
  const reports: string[] = [];
  const bell = { onBell: () => {}, onCaller: () => {} };
  const circuit = new FxsCircuit(true, (code, data = '') => reports.push(`${code}${data}`), bell);
  const telephone = new Telephone(circuit, new Oscillator());
  await telephone.lift();
  const stalls = setInterval(() => standStill(130), 25);
  await telephone.pulse('4');
  await telephone.flash(100);
  await pause(300);
  clearInterval(stalls);
  expect(reports).toEqual(['H', '4P', 'F']);
  telephone.hangUp();
  await expect.poll(() => reports.at(-1)).toBe('h');
});
