import { join } from 'node:path';
import { Appliance } from './appliance.js';
import { FakePanel } from './board/fake-panel.js';
import { Hat } from './board/hat.js';
import { OfficePhone, officeSettings, passwordOf } from './office.js';
import { Person } from './person.js';
import { until } from './waiting.js';

/** What is said at the analog lines, in Hz. */
export const voices = { handset: 550, phone: 800, outside: 350 } as const;

/**
 * The office with the ports of the simulated board: a handset that asks for the PIN (extension 120), a telephone (121) and the line of
 * an exchange (prefix 0), which rings the support group. Each HAT is a process of its own, with somebody at its line.
 */
export class AnalogOffice {
  readonly appliance: Appliance;
  readonly panel: FakePanel;
  readonly handset: Person;
  readonly telephone: Person;
  readonly exchange: Person;
  readonly #phones = new Map<string, OfficePhone>();

  /** `keys` says whether the HATs report the keys, or leave them to be found in the sound. */
  static async open(keys: 'reported' | 'inBand', numbers: readonly string[]): Promise<AnalogOffice> {
    const hats: Hat[] = [];
    const panels: FakePanel[] = [];
    const appliance = await Appliance.start(await analogSettings(), {
      furnish: async (data) => {
        const folder = join(data, 'run');
        panels.push(await FakePanel.make(folder));
        const options = keys === 'inBand' ? ['--no-dtmf'] : [];
        for (const [port, kind] of [
          ['handset', 'fxs'],
          ['phone1', 'fxs'],
          ['line1', 'fxo'],
        ] as const)
          hats.push(await Hat.onBoard(folder, port, kind, ...options));
      },
    });
    const [handset, telephone, exchange] = await Promise.all(hats.map((hat) => Person.at(hat)));
    const [panel] = panels;
    if (!panel || !handset || !telephone || !exchange) throw new Error('a part of the hardware is missing');
    const office = new AnalogOffice(appliance, panel, handset, telephone, exchange);
    await office.#settleIn(numbers);
    return office;
  }

  private constructor(appliance: Appliance, panel: FakePanel, handset: Person, telephone: Person, exchange: Person) {
    this.appliance = appliance;
    this.panel = panel;
    this.handset = handset;
    this.telephone = telephone;
    this.exchange = exchange;
  }

  phone(number: string): OfficePhone {
    const phone = this.#phones.get(number);
    if (!phone) throw new Error(`there is no telephone ${number}`);
    return phone;
  }

  /** Waits until the box has said so of so many ports, or so often. */
  async untilLogged(text: string, times = 1): Promise<void> {
    await until(
      () => `${times} times "${text}" in the log:\n${this.appliance.logTail()}`,
      () => this.appliance.log.filter(({ msg }) => msg === text).length >= times,
    );
  }

  async close(): Promise<void> {
    for (const phone of this.#phones.values()) phone.close();
    await this.appliance.remove();
    for (const person of [this.handset, this.telephone, this.exchange]) {
      person.leave();
      await person.hat.remove();
    }
  }

  async #settleIn(numbers: readonly string[]): Promise<void> {
    await this.handset.says(voices.handset);
    await this.telephone.says(voices.phone);
    await this.exchange.says(voices.outside);
    for (const number of numbers) this.#phones.set(number, await OfficePhone.register(this.appliance, number));
    await this.untilLogged('an analog line works', 3);
    await this.untilLogged('the sound of a line is there', 3);
  }
}

async function analogSettings(): Promise<object> {
  const settings = await officeSettings();
  const own = [
    { number: '120', name: 'Handset', password: passwordOf('120') },
    { number: '121', name: 'Telephone', password: passwordOf('121') },
  ];
  return {
    ...settings,
    extensions: [
      ...('extensions' in settings && Array.isArray(settings.extensions) ? settings.extensions : []),
      ...own,
    ],
    analogPhones: [
      { fxs: 'handset', extension: '120', onLift: { kind: 'call', number: '*55' } },
      { fxs: 'phone1', extension: '121' },
    ],
    trunks: [
      { kind: 'analog', id: 'exchange', name: 'Exchange', fxo: 'line1', prefix: '0', inbound: { group: 'support' } },
    ],
  };
}
