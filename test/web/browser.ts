import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Hearing, misheard } from '../support/audio/hearing.js';
import type { Recording } from '../support/audio/recording.js';
import { sine } from '../support/audio/tones.js';
import { writeWav } from '../support/audio/wav.js';
import { patienceMs, until } from '../support/waiting.js';

/** Debian's. */
const executablePath = '/usr/bin/chromium';

/** A name of this computer that browsers do not trust without https, as they do `localhost`. */
export const plainHost = 'box.test';

/** What the pretended microphone hears, in Hz. */
export const spokenTone = 700;
const spokenLevel = -12;

/** Chromium, with a pretended microphone that hears a tone, or with none at all. */
export class WebBrowser {
  /** What went wrong in the pages. */
  readonly errors: string[] = [];
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  static async start(microphone: 'tone' | 'none'): Promise<WebBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-web-'));
    const wav = join(folder, 'spoken.wav');
    await writeWav(wav, sine(spokenTone, spokenLevel, 2000, 48_000));
    const pretended = [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${wav}`,
    ];
    // Its own sandbox asks for more than a container gives.
    const args = [
      '--no-sandbox',
      `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`,
      ...(microphone === 'tone' ? pretended : []),
    ];
    return new WebBrowser(await chromium.launch({ executablePath, args }), folder);
  }

  /** A page as somebody else would open it, whose sound can be listened to. */
  async open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1200, height: 1000 },
      ...options,
    });
    context.setDefaultTimeout(patienceMs);
    await context.addInitScript({ content: tapLoudspeaker });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.errors.push(message.text());
    });
    await page.goto(url);
    return page;
  }

  /** Of the process from which all others of it come. */
  async pid(): Promise<number> {
    const session = await this.#browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.find(({ type }) => type === 'browser')?.id ?? Number.NaN;
  }

  /** Closes all pages, each with what its visitor had. */
  async closePages(): Promise<void> {
    for (const context of this.#browser.contexts()) await context.close();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

declare global {
  interface Window {
    /** Hangs on everything that goes to the loudspeaker. */
    loudspeaker?: AnalyserNode;
  }
}

/** Runs in the page before its own code. */
const tapLoudspeaker = `{
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to) {
    if (to === this.context.destination) {
      window.loudspeaker ??= new AnalyserNode(this.context, { fftSize: 32768 });
      connect.call(this, window.loudspeaker);
    }
    return connect.apply(this, arguments);
  };
}`;

/** The last 0.3 s or more of what the page gives to the loudspeaker. */
export async function heardAt(page: Page): Promise<Recording> {
  const { sampleRate, samples } = await page.evaluate(() => {
    const tap = window.loudspeaker;
    const taken = new Float32Array(tap?.fftSize ?? 0);
    tap?.getFloatTimeDomainData(taken);
    return { sampleRate: tap?.context.sampleRate ?? 48_000, samples: [...taken] };
  });
  return { sampleRate, samples: Int16Array.from(samples, (sample) => Math.round(sample * 32_767)) };
}

/** Waits until the page plays just the wanted tones: on a busy machine its sound has gaps at times. */
export async function untilPageHears(page: Page, hearing: Hearing): Promise<void> {
  let wrong: string | undefined;
  await until(
    () => `the page to hear what it should: ${wrong}`,
    async () => {
      wrong = misheard('the page', await heardAt(page), hearing);
      return wrong === undefined;
    },
  );
}

/** Lets what the page plays of a call be measured. */
export const tap = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const stream = document.querySelector('audio')?.srcObject;
    if (!(stream instanceof MediaStream)) throw new Error('the page plays nothing');
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 32_768 });
    context.createMediaStreamSource(stream).connect(analyser);
    window.loudspeaker = analyser;
  });
