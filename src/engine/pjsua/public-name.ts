import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** What was found out about the box's public name. */
export type NameNews = { readonly address: string } | { readonly reason: string };

const lookMs = 60_000;
/** Patient, since nobody waits for the answer, and the nameservers may have changed by the next attempt. */
const question = { timeout: 2000, tries: 2 };

/** Keeps track of the address behind a name, which may change daily, and reports changes. */
export class PublicName {
  readonly #name: string;
  readonly #tell: (news: NameNews) => void;
  #told = '';
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(name: string, tell: (news: NameNews) => void) {
    this.#name = name;
    this.#tell = tell;
  }

  /** Does nothing where the name is an address already. */
  start(): void {
    if (isIP(this.#name) === 0) void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const news = await addressOf(this.#name);
    if (this.#isStopped) return;
    const text = JSON.stringify(news);
    if (text !== this.#told) this.#tell(news);
    this.#told = text;
    this.#timer = setTimeout(() => void this.#look(), lookMs).unref();
  }
}

async function addressOf(name: string): Promise<NameNews> {
  try {
    const [address] = await new Resolver(question).resolve4(name);
    return address === undefined ? { reason: 'it has no address' } : { address };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
