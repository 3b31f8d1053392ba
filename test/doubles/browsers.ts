import type { BrowserPhone, Browsers } from '../../src/admin/live/browsers.js';
import { contactId, extensionNumber } from '../../src/primitives/ids.js';

/** Browsers that are called through a simulated engine; as many as there are free. */
export class SimulatedBrowsers implements Browsers {
  isThere = true;
  free = 1;
  /** How many calls of browsers were ended. */
  hungUp = 0;
  /** What was answered to the offers, with the address of the browser. */
  readonly answers: (readonly [sdp: string, address: string | null])[] = [];
  #listener = (): void => {};

  onLost(listener: () => void): void {
    this.#listener = listener;
  }

  lose(): void {
    this.#listener();
  }

  async take(): Promise<BrowserPhone | null> {
    if (this.free === 0) return null;
    this.free -= 1;
    return {
      to: { kind: 'contact', extension: extensionNumber('browser-1'), contact: contactId('browser') },
      offer: async () => 'offered',
      answer: async (sdp, address) => {
        this.answers.push([sdp, address]);
      },
      hangUp: () => {
        this.hungUp += 1;
      },
      giveBack: () => {
        this.free += 1;
      },
    };
  }
}
