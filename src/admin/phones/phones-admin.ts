import type { Gateway } from '../../gateway/gateway.js';
import { modelFacts, phoneModels } from '../../primitives/phone-models.js';
import { fetchEvents } from '../../provisioning/fetch-event.js';
import { AdminError } from '../../store/admin-error.js';
import type { PhoneSettings, Settings } from '../../store/settings/settings-schema.js';
import { type PhoneAnswer, PhoneFiles, type PhonePlace, type PhoneRequest } from './phone-files.js';
import { type NewsPlace, PhoneNews } from './phone-news.js';
import { contactsOf } from './phone-states.js';

export interface PhonesPlace extends PhonePlace, Pick<NewsPlace, 'tell' | 'onRefused'> {
  readonly gateway: Pick<Gateway, 'world'>;
}

const missing = { kind: 'missing' } as const;
const conflict = { kind: 'conflict' } as const;
const unavailable = { kind: 'unavailable' } as const;

/** The phones that fetch their configuration from the box. */
export class PhonesAdmin {
  readonly #files: PhoneFiles;
  readonly #news: PhoneNews;

  constructor(private readonly place: PhonesPlace) {
    this.#files = new PhoneFiles(place);
    this.#news = new PhoneNews({
      outdated: () => this.#outdated(),
      tell: (contact, event) => place.tell(contact, event),
      onRefused: (phone, error) => place.onRefused(phone, error),
    });
  }

  get guesses(): number {
    return this.#files.guesses;
  }

  answer(request: PhoneRequest): PhoneAnswer {
    return this.#files.answer(request);
  }

  /** Those that are gone from the settings are forgotten: one of the same MAC address is another phone. */
  follow({ phones }: Pick<Settings, 'phones'>): void {
    this.place.fetches.keep(new Set(phones.map(({ id }) => id)));
    this.#news.changed();
  }

  stop(): void {
    this.#news.stop();
  }

  /**
   * Tells a phone to fetch its configuration now.
   * @throws AdminError if there is none such, it cannot be told, or it does not agree
   */
  async callIn(id: string): Promise<void> {
    const phone = this.#settings.phones.find((each) => each.id === id);
    if (!phone) throw new AdminError({ code: 'settings.noSuchEntry', params: { list: 'phones', name: id } }, missing);
    if (fetchEvents[phone.model] === null) throw new AdminError({ code: 'phone.cannotBeTold' }, conflict);
    const [listener] = this.#listener(phone);
    if (!listener || listener.contacts.length === 0) throw new AdminError({ code: 'phone.notRegistered' }, conflict);
    if ((await this.#news.tell(listener)) === 0) throw new AdminError({ code: 'phone.didNotAgree' }, unavailable);
  }

  /** What each model can be. */
  readonly models = phoneModels.map((model) => ({ model, ...modelFacts[model] }));

  /** How the phones are that the settings have. */
  states() {
    const { fetches, gateway } = this.place;
    const present = this.#settings;
    return present.phones.map((phone) => {
      const fetch = fetches.of(phone.id);
      return {
        id: phone.id,
        isRevoked: phone.secret === null,
        isRegistered: contactsOf(phone, fetch, gateway.world, present).length > 0,
        isOutdated: fetch !== null && this.#files.isOutdated(phone, fetch),
        fetched: fetch && { at: fetch.at, address: fetch.address, userAgent: fetch.userAgent },
      };
    });
  }

  get #settings(): Settings {
    return this.place.settings.current.settings;
  }

  /** A phone that has never come has nothing that could be old. */
  #outdated() {
    return this.#settings.phones.flatMap((phone) => {
      const fetch = this.place.fetches.of(phone.id);
      if (phone.secret === null || fetch === null || !this.#files.isOutdated(phone, fetch)) return [];
      return this.#listener(phone);
    });
  }

  /** None for a phone that cannot be told. */
  #listener(phone: PhoneSettings) {
    const { fetches, gateway } = this.place;
    const event = fetchEvents[phone.model];
    const fetch = fetches.of(phone.id);
    if (event === null) return [];
    const contacts = contactsOf(phone, fetch, gateway.world, this.#settings);
    return [{ id: phone.id, event, contacts, digest: fetch ? this.#files.digest(phone, fetch.host) : '' }];
  }
}
