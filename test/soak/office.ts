import { Appliance } from '../support/appliance.js';
import { officeSettings, passwordOf, pins } from '../support/office.js';
import { LongCall } from './long-call.js';
import { SoakPhone } from './soak-phone.js';

const moderators = ['100', '109'];
/** Two pairs that talk all the time. */
const talkers = ['150', '151', '152', '153'];
/** Those who make and take the other calls. */
const crowd = Array.from({ length: 24 }, (_, index) => String(120 + index));

/** Tones of 50 Hz apart, so that no two parties of a call sound alike. */
const toneOf = (number: string): number => 450 + (Number(number) % 24) * 50;

/** The appliance and all phones of a soak. */
export class SoakOffice {
  static async open(): Promise<SoakOffice> {
    const settings = await soakSettings();
    const appliance = await Appliance.start(settings);
    const register = async (number: string) => SoakPhone.register(appliance.address(), number, toneOf(number));
    const all = new Map<string, SoakPhone>();
    for (const number of [...moderators, ...talkers, ...crowd]) all.set(number, await register(number));
    return new SoakOffice(appliance, all);
  }

  readonly #free: Set<SoakPhone>;
  readonly #freeModerators: Set<SoakPhone>;

  private constructor(
    readonly appliance: Appliance,
    private readonly phones: ReadonlyMap<string, SoakPhone>,
  ) {
    this.#free = new Set(crowd.map((number) => this.#phone(number)));
    this.#freeModerators = new Set(moderators.map((number) => this.#phone(number)));
  }

  async longCalls(): Promise<readonly LongCall[]> {
    const [a, b, c, d] = talkers.map((number) => this.#phone(number));
    if (!a || !b || !c || !d) throw new Error('a soak needs four talkers');
    return [await LongCall.begin(a, b), await LongCall.begin(c, d)];
  }

  /** Takes phones that are free; undefined when there are fewer. */
  take(count: number): readonly SoakPhone[] | undefined {
    const taken = [...this.#free].slice(0, count);
    if (taken.length < count) return undefined;
    for (const phone of taken) this.#free.delete(phone);
    return taken;
  }

  takeModerator(): SoakPhone | undefined {
    const [moderator] = this.#freeModerators;
    if (moderator) this.#freeModerators.delete(moderator);
    return moderator;
  }

  give(phones: readonly SoakPhone[], moderator: SoakPhone | undefined): void {
    for (const phone of phones) this.#free.add(phone);
    if (moderator) this.#freeModerators.add(moderator);
  }

  async close(): Promise<number | null> {
    const code = await this.appliance.stop();
    for (const phone of this.phones.values()) phone.close();
    await this.appliance.remove();
    return code;
  }

  #phone(number: string): SoakPhone {
    const phone = this.phones.get(number);
    if (!phone) throw new Error(`there is no phone ${number}`);
    return phone;
  }
}

async function soakSettings(): Promise<object> {
  const office = await officeSettings();
  const hashes = new Map(extensionsOf(office).map(({ number, pin }) => [number, pin]));
  const extension = (number: string) => ({
    number,
    name: `Person ${number}`,
    password: passwordOf(number),
    consents: true,
    pin: number in pins ? (hashes.get(number) ?? null) : null,
  });
  return {
    ...office,
    extensions: [...moderators, ...talkers, ...crowd].map(extension),
    groups: [
      { id: 'leads', name: 'Leads', members: moderators },
      { id: 'support', name: 'Support', number: '200', members: [...talkers, ...crowd] },
    ],
  };
}

function extensionsOf(settings: object): readonly { readonly number: string; readonly pin: string | null }[] {
  return 'extensions' in settings && Array.isArray(settings.extensions) ? settings.extensions : [];
}
