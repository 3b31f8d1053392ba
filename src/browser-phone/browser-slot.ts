import type { JanusApi, JanusEvent } from './janus-api.js';

/** The account of a telephone that is a browser. */
export interface BrowserAccount {
  readonly username: string;
  readonly password: string;
}

/** Where its account registers. */
export interface BoxAddress {
  readonly address: string;
  readonly port: number;
}

const patienceMs = 10_000;
/** Janus is busy for a moment after a call, and would refuse the next one. */
const restMs = 2000;

/** One telephone that is a browser: registered with the box from within it, it is called as any other. */
export class BrowserSlot {
  readonly #api: JanusApi;
  readonly #account: BrowserAccount;
  #handle = 0;
  /** `hungUp`: the connection to the browser is yet to end. */
  #state: 'free' | 'taken' | 'connected' | 'hungUp' = 'free';
  #restsUntil = 0;
  /** Counts who has had it. */
  #turn = 0;
  #offered: string | null = null;
  #onOffer: ((sdp: string) => void) | null = null;

  constructor(api: JanusApi, account: BrowserAccount) {
    this.#api = api;
    this.#account = account;
  }

  get username(): string {
    return this.#account.username;
  }

  async register({ address, port }: BoxAddress): Promise<void> {
    const { username, password } = this.#account;
    this.#handle = await this.#api.attach((event) => this.#happened(event));
    await this.#api.tell(this.#handle, {
      request: 'register',
      username: `sip:${username}@${address}:${port}`,
      authuser: username,
      secret: password,
      proxy: `sip:${address}:${port}`,
    });
  }

  get isFree(): boolean {
    return this.#state === 'free' && performance.now() >= this.#restsUntil;
  }

  /** @returns whose turn it is from now on. */
  take(): number {
    this.#state = 'taken';
    this.#offered = null;
    this.#onOffer = null;
    this.#turn += 1;
    return this.#turn;
  }

  /** What the browser is offered once the box calls it. */
  offer(): Promise<string> {
    if (this.#offered !== null) return Promise.resolve(this.#offered);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the call of the box does not arrive')), patienceMs);
      this.#onOffer = (sdp) => {
        clearTimeout(timer);
        resolve(sdp);
      };
    });
  }

  /** Picks up. */
  async answer(sdp: string): Promise<void> {
    if (this.#state === 'taken') this.#state = 'connected';
    await this.#api.tell(this.#handle, { request: 'accept' }, { type: 'answer', sdp });
  }

  /** Ends the call of this turn, if it is still connected. */
  hangUp(turn: number): void {
    if (this.#turn === turn && this.#state === 'connected') this.#hangUp();
  }

  /** Gives it back where the box has not called it. */
  giveBack(): void {
    if (this.#offered === null) this.#state = 'free';
  }

  #happened({ janus, data, sdp }: JanusEvent): void {
    const { event } = Object(data.result);
    if (event === 'incomingcall' && sdp !== undefined) {
      this.#offered = sdp;
      this.#onOffer?.(sdp);
    }
    if (event === 'hangup') this.#hungUp();
    if (janus === 'hangup') this.#disconnected();
  }

  #hungUp(): void {
    if (this.#state === 'connected') this.#state = 'hungUp';
    else this.#rest();
  }

  #rest(): void {
    this.#state = 'free';
    this.#restsUntil = performance.now() + restMs;
  }

  /** The browser is not connected any more: because the call has ended, or because it is gone, so that its call has to end, too. */
  #disconnected(): void {
    if (this.#state === 'hungUp') this.#rest();
    else if (this.#state === 'connected') {
      this.#state = 'taken';
      this.#hangUp();
    }
  }

  #hangUp(): void {
    void this.#api.tell(this.#handle, { request: 'hangup' }).catch(() => {});
  }
}
