import type { Gateway } from '../../gateway/gateway.js';
import { modelFacts, phoneModels } from '../../primitives/phone-models.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { type PhoneAnswer, PhoneFiles, type PhonePlace, type PhoneRequest } from './phone-files.js';
import { contactsOf } from './phone-states.js';

export interface PhonesPlace extends PhonePlace {
  readonly gateway: Pick<Gateway, 'world'>;
}

/** The phones that fetch their configuration from the box. */
export class PhonesAdmin {
  readonly #files: PhoneFiles;

  constructor(private readonly place: PhonesPlace) {
    this.#files = new PhoneFiles(place);
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
  }

  /** What each model can be. */
  readonly models = phoneModels.map((model) => ({ model, ...modelFacts[model] }));

  /** How the phones are that the settings have. */
  states() {
    const { settings, fetches, gateway } = this.place;
    const present = settings.current.settings;
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
}
