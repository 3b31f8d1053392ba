import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Hat } from '../../test/support/board/hat.js';
import type { EmulatedBoard } from './emulated-board.js';

/** As in the rules of the HAT for a Raspberry Pi, with the place that the UART has in QEMU's machine. */
const rule = 'SUBSYSTEM=="tty", KERNELS=="9040000.pl011", SYMLINK+="modcall/handset", GROUP="dialout", MODE="0660"';

/** What has no I2S is given a sound device of ALSA's own file plugin. */
const sound = `pcm.modcall_handset { type asym
  capture.pcm { type file format raw slave.pcm { type null } file "/dev/null" infile "/run/hat/said" }
  playback.pcm { type file format raw slave.pcm { type null } file "/run/hat/heard" }
}`;

const install = `set -e
mkdir -p /run/hat /run/udev/rules.d
mkfifo --mode=666 /run/hat/said /run/hat/heard
echo '${rule}' > /run/udev/rules.d/99-hat.rules
echo '${sound}' > /run/hat/sound.conf
mount --bind /run/hat/sound.conf /etc/alsa/conf.d/modcall-hat.conf
udevadm control --reload
udevadm trigger --action=add --settle --subsystem-match=tty`;

/** Both ways: to open a FIFO one way waits for whoever opens it the other way. */
const passSound = 'exec 3<> /run/hat/said 4<> /run/hat/heard; cat <&4 & exec cat >&3';

/** The simulated HAT with a handset, whose UART is that of an emulated board; its sound goes to and fro by SSH. */
export class PluggedHat {
  #sound: readonly [Socket, ChildProcess] | undefined;

  private constructor(
    readonly hat: Hat,
    private readonly board: EmulatedBoard,
  ) {}

  /** Before the board is switched on. */
  static async at(board: EmulatedBoard): Promise<PluggedHat> {
    return new PluggedHat(await Hat.onBoard(board.folder, 'handset', 'fxs'), board);
  }

  /** Tells the system of a board that is on where the HAT is; Modcall finds it there from its next start on. */
  async install(): Promise<void> {
    await this.board.sh(install);
    const passing = this.board.spawnSh(passSound);
    const device = connect(this.hat.audio);
    await once(device, 'connect');
    device.pipe(passing.stdin);
    passing.stdout.pipe(device);
    // Both end with the board, whose power may be cut.
    for (const end of [device, passing.stdin]) end.on('error', () => {});
    this.#sound = [device, passing];
  }

  async remove(): Promise<void> {
    const [device, passing] = this.#sound ?? [];
    device?.destroy();
    passing?.kill();
    await this.hat.remove();
  }
}
