import { spawnSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';

/**
 * An ALSA device, `line`, made of ALSA's own file plugin over two FIFOs: what the sound device at the unix socket says is what it
 * captures, and what is played on it is what that device hears. Machines without a sound card have it, too.
 */
export class AlsaFifos {
  readonly #captured: string;
  readonly #played: string;
  #wires: readonly Socket[] = [];

  /** Writes the configuration; the FIFOs are missing, as is a card that is not plugged in, until plugIn(). */
  static async configure(folder: string): Promise<AlsaFifos> {
    const fifos = new AlsaFifos(folder);
    await writeFile(
      fifos.configuration,
      `pcm.line { type asym
  capture.pcm { type file format raw slave.pcm { type null } file "/dev/null" infile "${fifos.#captured}" }
  playback.pcm { type file format raw slave.pcm { type null } file "${fifos.#played}" }
}
`,
    );
    return fifos;
  }

  private constructor(private readonly folder: string) {
    this.#captured = join(folder, 'captured');
    this.#played = join(folder, 'played');
  }

  /** For the environment variable ALSA_CONFIG_PATH. */
  get configuration(): string {
    return join(this.folder, 'asound.conf');
  }

  plugIn(devicePath: string): void {
    const made = spawnSync('mkfifo', [this.#captured, this.#played], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    // Both ways: to open a FIFO one way waits for whoever opens it the other way.
    const mode = constants.O_RDWR | constants.O_NONBLOCK;
    const captured = new Socket({ fd: openSync(this.#captured, mode), readable: false, writable: true });
    const played = new Socket({ fd: openSync(this.#played, mode), readable: true, writable: false });
    const device = connect(devicePath);
    device.pipe(captured);
    played.pipe(device);
    this.#wires = [captured, played, device];
  }

  close(): void {
    for (const wire of this.#wires) wire.destroy();
  }
}
