import type { Binding, Call, DigestAlgorithm, Endpoint, Registrar } from 'node-pjsua2';
import { type BusyLamp, type LampSubject, letInCode } from '../../primitives/busy-lamp.js';
import type { ContactId, ExtensionNumber } from '../../primitives/ids.js';
import { contactId, extensionNumber } from '../../primitives/ids.js';
import type { PhoneFacts } from '../../switchboard/events.js';
import type { ExtensionAccount } from '../engine.js';
import { ContactWatch } from './contact-watch.js';
import { encryptionOver, type PossibleEncryption } from './encrypted-calls.js';
import type { Reports } from './reports.js';
import { PjsuaWatchers } from './watchers.js';

/** Where a phone is reached, and the name by which it knows us. */
interface Contact {
  readonly username: string;
  readonly uri: string;
  readonly domain: string;
  readonly isTls: boolean;
  readonly isBrowser: boolean;
}

/** Accounts for browsers, which no settings name. */
export interface Browsers {
  readonly accounts: readonly ExtensionAccount[];
  /** Told where an account can be called. */
  onBound(username: string, contact: ContactId): void;
}

/** A phone may say anything of itself. */
const longestUserAgent = 120;

const factsOf = ({ source, userAgent, expiresIn }: Binding): PhoneFacts => ({
  ...source,
  userAgent: userAgent.replace(/\p{Cc}/gu, ' ').slice(0, longestUserAgent),
  expiresInMs: expiresIn * 1000,
});

/** The registrar, and the phones that are registered with it. */
export class PjsuaContacts {
  readonly #endpoint: Endpoint;
  readonly #registrar: Registrar;
  readonly #contacts = new Map<ContactId, Contact>();
  readonly #watch: ContactWatch;
  readonly #watchers: PjsuaWatchers;
  #extensions: readonly ExtensionAccount[] = [];
  #browsers: Browsers = { accounts: [], onBound: () => {} };

  /** @param digest Offered to phones in this order. */
  constructor(endpoint: Endpoint, realm: string, digest: readonly DigestAlgorithm[], reports: Reports) {
    this.#endpoint = endpoint;
    this.#watch = new ContactWatch((contact) => {
      const uri = this.uriOf(contact);
      return uri === undefined ? undefined : endpoint.probe(uri);
    }, reports.emit);
    this.#registrar = endpoint.createRegistrar({ realm, algorithms: digest });
    this.#watchers = new PjsuaWatchers(this.#registrar, realm);
    this.#registrar.on('bound', (binding) => {
      const { username, contact, uri, domain } = binding;
      const id = contactId(contact);
      const isNew = !this.#contacts.has(id);
      const isBrowser = this.isBrowser(username);
      this.#contacts.set(id, { username, uri, domain, isTls: binding.source.transport === 'tls', isBrowser });
      if (isBrowser) {
        this.#browsers.onBound(username, id);
        return;
      }
      this.#watch.heard(id);
      const phone = factsOf(binding);
      if (isNew) reports.emit({ type: 'contactBound', extension: extensionNumber(username), contact: id, phone });
      else reports.emit({ type: 'contactRefreshed', contact: id, phone });
    });
    this.#registrar.on('unbound', ({ username, contact }) => {
      const id = contactId(contact);
      this.#contacts.delete(id);
      this.#watch.forget(id);
      if (!this.isBrowser(username))
        reports.emit({ type: 'contactUnbound', extension: extensionNumber(username), contact: id });
    });
  }

  /** Whose phones may register. Registrations of extensions that are gone or have another password end, while calls go on. */
  setExtensions(accounts: readonly ExtensionAccount[]): void {
    this.#extensions = accounts;
    this.#setUsers();
    this.#registrar.setWatchable(
      [...accounts.map(({ number }) => number), letInCode].map((resource) => ({ resource })),
    );
  }

  /** Telephones within the box: no extension, so that nothing else can reach them, and they can call nobody. */
  setBrowsers(browsers: Browsers): void {
    this.#browsers = browsers;
    this.#setUsers();
  }

  isBrowser(username: string): boolean {
    return this.#browsers.accounts.some(({ number }) => number === username);
  }

  #setUsers(): void {
    this.#registrar.setUsers(
      [...this.#extensions, ...this.#browsers.accounts].map(({ number, password, digest, encryption = 'off' }) => ({
        username: number,
        password,
        ...(digest === undefined ? {} : { algorithms: digest }),
        encryption,
      })),
    );
  }

  /** What is offered from now on to extensions without algorithms of their own. No registration ends. */
  setDigest(algorithms: readonly DigestAlgorithm[]): void {
    this.#registrar.setAlgorithms(algorithms);
  }

  /** Whether a browser is there. */
  isBrowserAt(contact: ContactId): boolean {
    return this.#contacts.get(contact)?.isBrowser ?? false;
  }

  uriOf(contact: ContactId): string | undefined {
    return this.#contacts.get(contact)?.uri;
  }

  /** How a call to the phone of this extension goes out. */
  encryptionTo(extension: ExtensionNumber, contact: ContactId): PossibleEncryption {
    const wanted = this.#extensions.find(({ number }) => number === extension)?.encryption ?? 'off';
    return encryptionOver(this.#contacts.get(contact)?.isTls ?? false, wanted);
  }

  /** Tells a phone something that it has not subscribed to. Rejects unless it agrees. */
  async tell(contact: ContactId, event: string): Promise<void> {
    const known = this.#contacts.get(contact);
    const account = this.#extensions.find(({ number }) => number === known?.username);
    if (!known || !account) throw new Error('the phone is not registered any more');
    await this.#endpoint.tellPhone(known.uri, event, { username: account.number, password: account.password });
  }

  /** A call to the phone tells whether it is there. */
  follow(contact: ContactId, call: Call): void {
    this.#watch.follow(contact, call);
  }

  /** The names by which the phones know us. */
  get domains(): readonly string[] {
    return [...this.#contacts.values()].map(({ domain }) => domain);
  }

  /** Shows those who watch this what there is. */
  showBusy(subject: LampSubject, lamp: BusyLamp): void {
    this.#watchers.show(subject, lamp);
  }

  stop(): void {
    this.#watchers.stop();
    this.#watch.stop();
  }
}
