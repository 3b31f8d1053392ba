import { createHash, timingSafeEqual } from 'node:crypto';
import type { PhoneSettings, Settings } from '../../store/settings/settings-schema.js';

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

interface Known {
  readonly phone: PhoneSettings;
  readonly digest: Buffer;
}

/** Finds the phone of a secret in the same time whatever was guessed, and whichever phone it is. */
export class PhoneSecrets {
  #settings: Settings | null = null;
  #known: readonly Known[] = [];

  /** Undefined where no phone has it. */
  phoneBy(secret: string, settings: Settings): PhoneSettings | undefined {
    if (settings !== this.#settings) {
      this.#settings = settings;
      this.#known = settings.phones.flatMap((phone) =>
        phone.secret === null ? [] : [{ phone, digest: digestOf(phone.secret) }],
      );
    }
    const guessed = digestOf(secret);
    return this.#known.filter(({ digest }) => timingSafeEqual(digest, guessed))[0]?.phone;
  }
}
