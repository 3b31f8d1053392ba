import type { Page } from 'playwright-core';
import type { Heard } from './figures.js';

/** The last click of a page, and what came of it, by the clock of the page in milliseconds. */
interface FirstSound {
  readonly clicked: number;
  /** When the first sound came out of the loudspeaker. */
  heard?: number;
}

declare global {
  interface Window {
    firstSound?: FirstSound;
  }
}

/** Lets a page tell when sound is heard in it after a click. */
export const watchFirstSound = (page: Page): Promise<void> => page.evaluate(watchInPage);

/** Waits for the sound after the last click. @returns undefined if there is none in time. */
export async function firstSound(page: Page, patienceMs: number): Promise<Heard | undefined> {
  await page
    .waitForFunction(() => window.firstSound?.heard !== undefined, undefined, { timeout: patienceMs, polling: 50 })
    .catch(() => {});
  return page.evaluate(() => {
    const { clicked = 0, heard } = window.firstSound ?? {};
    if (heard === undefined) return undefined;
    const since = performance
      .getEntriesByType('resource')
      .filter(
        (entry): entry is PerformanceResourceTiming =>
          entry instanceof PerformanceResourceTiming && entry.startTime >= clicked,
      );
    const end = (path: RegExp) => (since.find(({ name }) => path.test(name))?.responseEnd ?? Number.NaN) - clicked;
    return { offered: end(/\/api\/monitors$/), answered: end(/\/answer$/), heard: heard - clicked };
  });
}

/** Runs in the page. Sound is whatever is louder than the hiss of a line, in what the loudspeaker is given. */
function watchInPage(): void {
  const [lookEveryMs, sound] = [5, 0.005];
  // Made beforehand: the first one takes a browser half a second.
  const context = new AudioContext();
  addEventListener(
    'click',
    ({ timeStamp }) => {
      void context.resume();
      performance.clearResourceTimings();
      window.firstSound = { clicked: timeStamp };
    },
    true,
  );
  let taps: readonly AudioNode[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  const { get = () => null, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject') ?? {};
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    get,
    set(stream: MediaStream | null) {
      set?.call(this, stream);
      if (stream) watch(stream);
    },
  });

  function watch(stream: MediaStream): void {
    const source = context.createMediaStreamSource(stream);
    const short = new AnalyserNode(context, { fftSize: 2048 });
    const long = new AnalyserNode(context, { fftSize: 32_768 });
    // Those of the calls before would go on being computed.
    for (const tap of taps) tap.disconnect();
    taps = [source, short, long];
    clearInterval(timer);
    source.connect(short);
    source.connect(long);
    window.loudspeaker = long;
    const samples = new Float32Array(short.fftSize);
    timer = setInterval(() => {
      short.getFloatTimeDomainData(samples);
      const first = samples.findIndex((sample) => Math.abs(sample) > sound);
      if (first < 0 || !window.firstSound) return;
      window.firstSound.heard = performance.now() - ((samples.length - first) / short.context.sampleRate) * 1000;
      clearInterval(timer);
    }, lookEveryMs);
  }
}
