import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pattern } from '../../src/indication/lamps.js';
import type { Panel, PanelEvent, PanelParts } from '../../src/panel/panel.js';
import { LampWatch, untilShown } from '../support/board/lamp-watch.js';
import { until } from '../support/waiting.js';

type PartName = keyof PanelParts;
export type LampName = Exclude<PartName, 'button'>;

/** A panel, and the hands and eyes of whoever stands in front of it. */
export interface PanelBench {
  readonly panel: Panel;
  /** Whether the lamp is lit at this moment, as the hardware says. */
  isLit(lamp: LampName): boolean;
  setButton(isClosed: boolean): Promise<void>;
  /** Takes a part of the hardware away, and puts it back. */
  takeAway(part: PartName): Promise<void>;
  putBack(part: PartName): Promise<void>;
  remove(): Promise<void>;
}

const dark = { monitor: 'dark', status: 'dark' } as const;

/**
 * What every panel does, whatever it is made of.
 * @param isPluggable whether its parts can go while they are in use.
 */
export function panelContract(name: string, isPluggable: boolean, open: () => Promise<PanelBench>): void {
  describe(`the panel contract: ${name}`, () => {
    let bench: PanelBench;
    let events: PanelEvent[];

    beforeEach(async () => {
      bench = await open();
      events = [];
      bench.panel.onEvent((event) => events.push(event));
    });

    afterEach(async () => {
      await bench.panel.stop();
      await bench.remove();
    });

    const untilLit = (lamp: LampName, isLit = true) =>
      until(`${lamp} to be ${isLit ? 'lit' : 'dark'}`, () => bench.isLit(lamp) === isLit);
    const contacts = () => events.flatMap((event) => (event.type === 'button' ? [event.isClosed] : []));
    const troubles = () => events.flatMap((event) => (event.type === 'button' ? [] : [`${event.type} ${event.part}`]));

    /** Presses until it is seen: right after a start the button may not be in use yet. */
    async function press(): Promise<void> {
      const before = contacts().length;
      await bench.setButton(true);
      await until('the press', () => contacts().length > before);
      await bench.setButton(false);
      await until('the release', () => contacts().length > before + 1);
    }

    it('is dark at the start, without any complaint', async () => {
      await bench.panel.start();
      expect([bench.isLit('monitorLamp'), bench.isLit('statusLamp')]).toEqual([false, false]);
      expect(events).toEqual([]);
    });

    it('lights each lamp separately', async () => {
      await bench.panel.start();
      bench.panel.show({ monitor: 'steady', status: 'dark' });
      await untilLit('monitorLamp');
      expect(bench.isLit('statusLamp')).toBe(false);
      bench.panel.show({ monitor: 'dark', status: 'steady' });
      await untilLit('statusLamp');
      await untilLit('monitorLamp', false);
    });

    it.each<Pattern>(['slowBlink', 'fastBlink', 'doubleBlink'])('shows %s with the right timing', async (pattern) => {
      await bench.panel.start();
      bench.panel.show({ monitor: pattern, status: 'steady' });
      await untilShown('the monitor lamp', () => bench.isLit('monitorLamp'), pattern);
      expect(bench.isLit('statusLamp')).toBe(true);
    });

    it('shows steady light without a gap', async () => {
      await bench.panel.start();
      bench.panel.show({ monitor: 'steady', status: 'steady' });
      await untilLit('monitorLamp');
      const watch = new LampWatch(() => bench.isLit('monitorLamp'));
      await pause(2500);
      watch.stop();
      expect(watch.turns).toBe(0);
    });

    it('keeps its rhythm when told again what it already shows', async () => {
      await bench.panel.start();
      const nagging = setInterval(() => bench.panel.show({ monitor: 'slowBlink', status: 'dark' }), 100);
      await untilShown('the monitor lamp', () => bench.isLit('monitorLamp'), 'slowBlink').finally(() =>
        clearInterval(nagging),
      );
    });

    it('changes within 50 ms', async () => {
      await bench.panel.start();
      const delays: number[] = [];
      for (const isLit of [true, false, true, false, true, false, true]) {
        const changedAt = performance.now();
        bench.panel.show({ monitor: isLit ? 'steady' : 'dark', status: 'slowBlink' });
        while (bench.isLit('monitorLamp') !== isLit) await pause(1);
        delays.push(performance.now() - changedAt);
      }
      // A busy machine may hold up the test itself; what the panel does every time, it does most times.
      expect(delays.sort((a, b) => a - b)[3]).toBeLessThan(50);
    });

    it('reports each press and release of the button', async () => {
      await bench.panel.start();
      for (let round = 0; round < 3; round += 1) await press();
      expect(contacts()).toEqual([true, false, true, false, true, false]);
      expect(troubles()).toEqual([]);
    });

    it('is dark and emits no events once stopped', async () => {
      await bench.panel.start();
      bench.panel.show({ monitor: 'steady', status: 'fastBlink' });
      await untilLit('monitorLamp');
      await bench.panel.stop();
      await untilLit('monitorLamp', false);
      const watch = new LampWatch(() => bench.isLit('statusLamp'));
      await pause(500);
      watch.stop();
      expect([bench.isLit('statusLamp'), watch.turns]).toEqual([false, 0]);
    });

    it.each<[LampName, LampName]>([
      ['monitorLamp', 'statusLamp'],
      ['statusLamp', 'monitorLamp'],
    ])('works without %s, and shows the pattern when it appears', async (missing, other) => {
      await bench.takeAway(missing);
      await bench.panel.start();
      await until('the fault', () => troubles().includes(`fault ${missing}`));
      bench.panel.show({ monitor: 'steady', status: 'steady' });
      await untilLit(other);
      await press();
      await bench.putBack(missing);
      await untilLit(missing);
      await until('the all-clear', () => troubles().includes(`recovered ${missing}`));
      expect(troubles()).toEqual([`fault ${missing}`, `recovered ${missing}`]);
    });

    it('works without the button, and reports its presses once it appears', async () => {
      await bench.takeAway('button');
      await bench.panel.start();
      await until('the fault', () => troubles().includes('fault button'));
      bench.panel.show({ ...dark, monitor: 'steady' });
      await untilLit('monitorLamp');
      await bench.putBack('button');
      await until('the all-clear', () => troubles().includes('recovered button'));
      await press();
      expect(contacts()).toEqual([true, false]);
    });

    it('says what to do about each missing part', async () => {
      for (const part of ['monitorLamp', 'statusLamp', 'button'] as const) await bench.takeAway(part);
      await bench.panel.start();
      await until('all faults', () => events.length === 3);
      for (const event of events) expect(event).toMatchObject({ type: 'fault', reason: expect.stringMatching(/\S+/) });
    });

    it.runIf(isPluggable)('recovers from the loss of parts in use', async () => {
      await bench.panel.start();
      bench.panel.show({ monitor: 'steady', status: 'steady' });
      await untilLit('monitorLamp');
      await bench.takeAway('monitorLamp');
      await bench.takeAway('button');
      await until('both faults', () => troubles().length === 2);
      expect(bench.isLit('statusLamp')).toBe(true);
      await bench.putBack('button');
      await bench.putBack('monitorLamp');
      await untilLit('monitorLamp');
      await until('the all-clears', () => troubles().length === 4);
      await press();
    });
  });
}
