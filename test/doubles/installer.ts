import type { Installer, Progress, Running } from '../../src/update/installer.js';
import type { SystemImage } from '../../src/update/rules/refusal.js';
import { installerFault } from '../../src/update/update-error.js';

/** Installs nothing, as fast as a test wants it. */
export class FakeInstaller implements Installer {
  /** What lies where; a text is what the installer says instead. */
  readonly offers = new Map<string, SystemImage | string>();
  readonly begun: string[] = [];
  now: Running = { board: 'modcall-pi4', version: '1.2.0', slot: 'A', boot: 'first' };
  at: Progress = { isRunning: false, percent: 0, fault: null };

  /** The machine is started anew, from this slot. */
  startAnew(slot: string): void {
    this.now = { ...this.now, slot, boot: `${this.now.boot}, next` };
  }

  async running(): Promise<Running> {
    return this.now;
  }

  async inspect(source: string): Promise<SystemImage> {
    const offer = this.offers.get(source) ?? 'No such file';
    if (typeof offer === 'string') throw installerFault(offer);
    return offer;
  }

  async begin(source: string): Promise<void> {
    if (this.at.isRunning) throw installerFault('Already processing a different method');
    this.begun.push(source);
    this.at = { isRunning: true, percent: 0, fault: null };
  }

  async progress(): Promise<Progress> {
    return this.at;
  }
}
