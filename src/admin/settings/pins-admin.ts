import { AdminError } from '../../store/admin-error.js';
import { InTurn } from '../../store/in-turn.js';
import { moderatorsIn, type NewPin, newPin, withPin } from '../../store/settings/new-pin.js';
import type { SettingsVersion } from '../../store/settings/settings-history.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { Caller } from '../operation.js';
import type { SettingsAdmin } from './settings-admin.js';

type Fault = Extract<NewPin, { ok: false }>['fault'];

/** Who moderates or has a PIN; never the PIN. */
export interface PinHolder {
  readonly number: string;
  readonly name: string;
  readonly hasPin: boolean;
  /** Whether a profile lets them monitor anyone: otherwise a PIN opens nothing. */
  readonly moderates: boolean;
}

const kinds = { noSuchExtension: 'missing', taken: 'conflict', wrongLength: 'invalid', tooSimple: 'invalid' } as const;

const refused = (fault: Fault) =>
  new AdminError(
    { code: `command.pinFault.${fault}` as const },
    { kind: kinds[fault], field: fault === 'noSuchExtension' ? 'number' : 'pin' },
  );

/** The PINs of the running box. */
export class PinsAdmin {
  readonly #hashing = new InTurn();

  constructor(private readonly settings: SettingsAdmin) {}

  list(): readonly PinHolder[] {
    const { settings } = this.settings.current;
    const moderators = moderatorsIn(settings);
    return settings.extensions
      .map(({ number, name, pin }) => ({ number, name, hasPin: pin !== null, moderates: moderators.has(number) }))
      .filter(({ hasPin, moderates }) => hasPin || moderates);
  }

  /**
   * Gives a person a PIN, which counts as soon as the promise resolves. One at a time: two that are set at once must not be the same, and
   * their slow hashes must not take the cores from the calls.
   * @param basis The version that the change is made against; null for whatever is there.
   * @throws AdminError when the PIN cannot be used.
   */
  set(number: string, pin: string, basis: number | null, caller: Caller): Promise<SettingsVersion> {
    return this.#hashing.run(() => this.#set(number, pin, basis, caller));
  }

  /** Takes the PIN of a person away. */
  remove(number: string, basis: number | null, caller: Caller): Promise<SettingsVersion> {
    return this.#change(number, null, basis, caller);
  }

  async #set(number: string, pin: string, basis: number | null, caller: Caller): Promise<SettingsVersion> {
    const made = await newPin(this.settings.current.settings, number, pin);
    if (!made.ok) throw refused(made.fault);
    return this.#change(number, made.hash, basis, caller);
  }

  /** The extension may have been removed since somebody looked, such as while a PIN was hashed. */
  #change(number: string, hash: string | null, basis: number | null, caller: Caller): Promise<SettingsVersion> {
    const changed = (settings: Settings) => {
      if (!settings.extensions.some((entry) => entry.number === number)) throw refused('noSuchExtension');
      return withPin(settings, number, hash);
    };
    return this.settings.change(changed, basis, caller);
  }
}
