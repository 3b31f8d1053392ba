import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AccountOptions } from '../../../src/node-pjsua2/src/index.js';
import { until } from '../../support/waiting.js';
import type { HolderCommand, HolderEvent, HolderEventName } from './account-protocol.js';
import { startProgram } from './program.js';

/** An endpoint with one account, in a process of its own: there can be one endpoint in each. */
export class AccountHolder {
  readonly #events: HolderEvent[] = [];
  readonly #ended: Promise<unknown>;

  static async start(options: Omit<AccountOptions, 'transport'>): Promise<AccountHolder> {
    return new AccountHolder(await startProgram('account-holder', { args: [JSON.stringify(options)] }));
  }

  private constructor(private readonly child: ChildProcess) {
    this.#ended = once(child, 'exit');
    child.on('message', (event: HolderEvent) => this.#events.push(event));
    // Read, so that a full pipe cannot stop it; shown, so that a crash can be understood.
    child.stdout?.resume();
    child.stderr?.on('data', (data) => process.stderr.write(data));
  }

  /** The next event of this name; those before it are forgotten. */
  next<Name extends HolderEventName>(name: Name): Promise<Extract<HolderEvent, { name: Name }>> {
    const isWanted = (event: HolderEvent): event is Extract<HolderEvent, { name: Name }> => event.name === name;
    return until(
      () => `'${name}' of the account; there was ${JSON.stringify(this.#events)}`,
      () => {
        const index = this.#events.findIndex(isWanted);
        return index < 0 ? undefined : this.#events.splice(0, index + 1).find(isWanted);
      },
    );
  }

  /** Whether an event of this name came and was not asked for. */
  saw(name: HolderEventName): boolean {
    return this.#events.some((event) => event.name === name);
  }

  tell(command: HolderCommand): void {
    this.child.send(command);
  }

  async close(): Promise<void> {
    // It may be ending by itself at this very moment: that its channel is gone is no failure then.
    const command: HolderCommand = 'closeEndpoint';
    if (this.child.connected) this.child.send(command, () => undefined);
    await this.#ended;
  }
}
