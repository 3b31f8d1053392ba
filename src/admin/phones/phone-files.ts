import { createHash } from 'node:crypto';
import type { Instant } from '../../primitives/time.js';
import { configurationName, configurationOf } from '../../provisioning/configuration.js';
import { plainText } from '../../provisioning/plain-text.js';
import type { PhoneFetch, PhoneFetches } from '../../store/phones/phone-fetches.js';
import type { PhoneSettings, Settings } from '../../store/settings/settings-schema.js';
import type { AccessFact } from '../../store/users/access-fact.js';
import { FailureReports } from '../../store/users/failure-reports.js';
import { SignInLimits } from '../../store/users/sign-in-limits.js';
import { sourceNetwork } from '../../store/users/source-network.js';
import { officeOf, type PhoneFacts, phoneOf } from './phone-of.js';
import { PhoneSecrets } from './phone-secrets.js';

/** A phone that asks for its configuration. */
export interface PhoneRequest {
  readonly secret: string;
  /** Name of the file that it asks for. */
  readonly file: string;
  /** The IP address that it comes from. */
  readonly source: string;
  /** The name or address of the box by which it comes. */
  readonly host: string;
  readonly userAgent: string;
  readonly isSecure: boolean;
}

export type PhoneAnswer =
  | { readonly kind: 'file'; readonly contentType: string; readonly content: string }
  /** Wrong secret, revoked secret, unknown phone, unknown file: nobody learns which. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** It came by plain HTTP, and the settings do not allow that. */
  | { readonly kind: 'inClear' };

/** What serving phones needs of the box. */
export interface PhonePlace {
  readonly settings: { readonly current: { readonly settings: Settings } };
  readonly facts: PhoneFacts;
  readonly fetches: PhoneFetches;
  readonly clock: { readonly now: Instant; readonly wall: { readonly time: number } };
  /** Adds to the audit record. */
  record(fact: AccessFact): void;
  /** Tells those who watch. */
  publish(data: Readonly<Record<string, unknown>>): void;
  /** Somebody guesses at the secrets. */
  onGuess(source: string, unreported: number): void;
}

/** A phone may say anything of itself. */
const longestUserAgent = 120;
const account = 'phones';
const ofThisMachine = /^(?:127\.|::1$)/;

const digestOf = (content: string): string => createHash('sha256').update(content).digest('hex');

/** Hands phones their configuration, and nothing else. */
export class PhoneFiles {
  readonly #secrets = new PhoneSecrets();
  readonly #limits = new SignInLimits();
  readonly #reports = new FailureReports();
  #guesses = 0;

  constructor(private readonly place: PhonePlace) {}

  /** How many asked with a secret that no phone has, since the start. */
  get guesses(): number {
    return this.#guesses;
  }

  answer(request: PhoneRequest): PhoneAnswer {
    const { settings, clock } = this.#now();
    const isOpen = request.isSecure || settings.provisioning.inClear || ofThisMachine.test(request.source);
    if (!isOpen) return { kind: 'inClear' };
    const attempt = { source: sourceNetwork(request.source), account };
    const waitMs = this.#limits.waitMs(attempt, clock.now);
    if (waitMs > 0) return { kind: 'wait', seconds: Math.ceil(waitMs / 1000) };
    this.#limits.begin(attempt, clock.now);
    const phone = this.#secrets.phoneBy(request.secret, settings);
    if (!phone) return this.#guessed(request.source, clock.now);
    this.#limits.succeeded(attempt);
    // Phones ask for files of their maker's, too.
    if (request.file.toLowerCase() !== configurationName(phone.model, phone.id)) return { kind: 'nothing' };
    return this.#served(phone, request);
  }

  /** Whether the phone would get something else by now than it has. */
  isOutdated(phone: PhoneSettings, { host, digest }: Pick<PhoneFetch, 'host' | 'digest'>): boolean {
    return this.digest(phone, host) !== digest;
  }

  /** Names what the phone would get now. */
  digest(phone: PhoneSettings, host: string): string {
    return digestOf(this.#configuration(phone, host).content);
  }

  #now() {
    const { settings, clock } = this.place;
    return { settings: settings.current.settings, clock };
  }

  #configuration(phone: PhoneSettings, host: string) {
    const { settings } = this.#now();
    return configurationOf(phoneOf(phone, settings), officeOf(settings, host, this.place.facts));
  }

  #served(phone: PhoneSettings, { source, host, userAgent }: PhoneRequest): PhoneAnswer {
    const { fetches, clock, record, publish } = this.place;
    const { contentType, content } = this.#configuration(phone, host);
    const fetch: PhoneFetch = {
      at: new Date(clock.wall.time).toISOString(),
      address: source,
      userAgent: plainText(userAgent).slice(0, longestUserAgent),
      host,
      digest: digestOf(content),
    };
    const isNew = fetches.of(phone.id)?.digest !== fetch.digest;
    fetches.note(phone.id, fetch);
    const extensions = phone.extensions.join(', ');
    // Many phones come each day for what they have already.
    if (isNew) record({ type: 'phoneConfigured', phone: phone.id, model: phone.model, extensions, source });
    publish({ phone: phone.id, address: source, userAgent: fetch.userAgent, isNew });
    return { kind: 'file', contentType, content };
  }

  #guessed(source: string, now: Instant): PhoneAnswer {
    this.#guesses += 1;
    const unreported = this.#reports.note(now);
    if (unreported !== null) this.place.onGuess(source, unreported);
    return { kind: 'nothing' };
  }
}
