import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Of the time after which the manager takes the program for hung: one report may be late, and another one lost. */
const reportsPerPatience = 3;

/** What a service manager sets for the programs that are to report to it: sd_notify(3), sd_watchdog_enabled(3). */
export type ServiceEnvironment = Readonly<
  Partial<Record<'NOTIFY_SOCKET' | 'WATCHDOG_USEC' | 'WATCHDOG_PID', string | undefined>>
>;

/** The service manager, such as systemd, that has started this program. Where none has, nobody is told. */
export class ServiceManager {
  readonly #environment: ServiceEnvironment;
  #tell: (state: string) => void = () => {};
  #reports: NodeJS.Timeout | undefined;

  constructor(environment: ServiceEnvironment) {
    this.#environment = environment;
  }

  /** The program serves; from now on it is missed when it hangs. */
  ready(): void {
    const { NOTIFY_SOCKET: socket } = this.#environment;
    if (!socket) return;
    this.#tell = notifier(socket);
    this.#tell('READY=1');
    const patienceMs = this.#patienceMs();
    if (patienceMs === null) return;
    this.#reports = setInterval(() => this.#tell('WATCHDOG=1'), patienceMs / reportsPerPatience).unref();
  }

  stopping(): void {
    clearInterval(this.#reports);
    this.#tell('STOPPING=1');
  }

  #patienceMs(): number | null {
    const { WATCHDOG_USEC: microseconds, WATCHDOG_PID: pid } = this.#environment;
    if (pid !== undefined && pid !== `${process.pid}`) return null;
    const patienceMs = Number(microseconds) / 1000;
    return patienceMs > 0 ? patienceMs : null;
  }
}

/** Tells the manager, by a process that ends with this one. */
function notifier(socket: string): (state: string) => void {
  const script = fileURLToPath(new URL('./service-notifier.pl', import.meta.url));
  const child = spawn('perl', [script], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, NOTIFY_SOCKET: socket },
  });
  // A program that nobody hears of goes on; what becomes of it is the manager's to say.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  return (state) => child.stdin.write(`${state}\n`);
}
