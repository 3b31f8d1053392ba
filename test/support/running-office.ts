import type { AuditEntry } from '../../src/admin/audit/audit.js';
import { Appliance, type ApplianceOptions } from './appliance.js';
import { moderate, OfficePhone, officeSettings, pins, talk, toneOf, untilHears } from './office.js';
import type { SipCall } from './sip/call.js';
import { until } from './waiting.js';

const everybody = ['100', '109', '101', '102', '103', '104'];

/** The appliance with the telephones of an office, and all the calls that a test makes there. */
export class RunningOffice {
  readonly appliance: Appliance;
  #phones: ReadonlyMap<string, OfficePhone>;
  readonly #calls: SipCall[] = [];

  /** Starts the appliance with the office's settings, changed as said, and registers the telephones. */
  static async open(
    change: object = {},
    numbers: readonly string[] = everybody,
    options: ApplianceOptions = {},
  ): Promise<RunningOffice> {
    const appliance = await Appliance.start(await officeSettings(change), options);
    return new RunningOffice(appliance, await register(appliance, numbers));
  }

  private constructor(appliance: Appliance, phones: ReadonlyMap<string, OfficePhone>) {
    this.appliance = appliance;
    this.#phones = phones;
  }

  phone(number: string): OfficePhone {
    const phone = this.#phones.get(number);
    if (!phone) throw new Error(`there is no telephone ${number}`);
    return phone;
  }

  async talk(from: string, to: string): Promise<{ caller: SipCall; callee: SipCall }> {
    const both = await talk(this.phone(from), this.phone(to));
    this.#calls.push(both.caller, both.callee);
    return both;
  }

  /** Dials the service number from this telephone and keys the PIN and what else is given. */
  async moderate(from: string, keys: string): Promise<SipCall> {
    const call = await moderate(this.phone(from), keys);
    this.#calls.push(call);
    return call;
  }

  /** 101 talks to 102, and 100 is heard to listen to both. */
  async listening(): Promise<{ member: SipCall; other: SipCall; moderator: SipCall }> {
    const { caller: member, callee: other } = await this.talk('101', '102');
    const moderator = await this.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] });
    return { member, other, moderator };
  }

  async call(from: string, number: string): Promise<SipCall> {
    const call = await this.phone(from).call(number);
    this.#calls.push(call);
    return call;
  }

  /** Entries of the audit record of one type, oldest first. */
  async recorded(type: string): Promise<readonly AuditEntry['fact'][]> {
    return (await this.appliance.audit()).map(({ fact }) => fact).filter((fact) => fact.type === type);
  }

  /** Waits until the record has an entry of this type. */
  async untilRecorded(type: string): Promise<void> {
    await until(
      () => `an entry ${type} in the record:\n${this.appliance.logTail()}`,
      async () => (await this.recorded(type)).length > 0,
    );
  }

  /** Waits until the record tells that the calls of an extension are handled like this. */
  async untilHandled(extension: string, handling: object): Promise<void> {
    const wanted = Object.entries(handling);
    await until(
      () => `the calls of ${extension} to be handled like ${JSON.stringify(handling)}:\n${this.appliance.logTail()}`,
      async () => {
        const latest = (await this.recorded('callHandlingChanged')).findLast((fact) => fact.extension === extension);
        return latest !== undefined && wanted.every(([key, value]) => latest[key] === value);
      },
    );
  }

  /** Waits until the record tells so many refusals for this reason. */
  async untilRefused(reason: string, times = 1): Promise<void> {
    await until(
      () => `${times} refusals because of ${reason}:\n${this.appliance.logTail()}`,
      async () => (await this.recorded('refused')).filter((fact) => fact.reason === reason).length >= times,
    );
  }

  /** Waits until the record tells of the end of a monitor for this reason. */
  async untilMonitorEnded(reason: string): Promise<void> {
    await until(
      () => `the end of a monitor because of ${reason}:\n${this.appliance.logTail()}`,
      async () => (await this.recorded('ended')).some((fact) => fact.reason === reason),
    );
  }

  /** Waits until 101 and 102 hear each other, and nothing of 100. */
  async untilTalkingAlone(member: SipCall, other: SipCall): Promise<void> {
    await untilHears('member', member, { present: [toneOf('102')], absent: [toneOf('100')] });
    await untilHears('other', other, { present: [toneOf('101')], absent: [toneOf('100')] });
  }

  /** Ends all calls, so that the next test finds everybody free. */
  async hangUp(): Promise<void> {
    const incoming = [...this.#phones.values()].flatMap((phone) => phone.incoming.splice(0));
    const calls = [...this.#calls.splice(0), ...incoming];
    for (const call of calls) call.hangUp();
    for (const call of calls) await until('a call to end', () => call.state === 'ended');
  }

  /** Cuts the power and gives it back; the telephones register anew, without their calls. */
  powerCut(): Promise<void> {
    return this.#again(() => this.appliance.kill());
  }

  /** Stops the appliance and starts it again on its data; the telephones register anew. */
  restart(): Promise<void> {
    return this.#again(() => this.appliance.stop());
  }

  async close(): Promise<void> {
    this.#closePhones();
    await this.appliance.remove();
  }

  async #again(end: () => Promise<unknown>): Promise<void> {
    const numbers = [...this.#phones.keys()];
    await end();
    this.#closePhones();
    await this.appliance.run();
    this.#phones = await register(this.appliance, numbers);
  }

  #closePhones(): void {
    this.#calls.splice(0);
    for (const phone of this.#phones.values()) phone.close();
  }
}

async function register(appliance: Appliance, numbers: readonly string[]): Promise<ReadonlyMap<string, OfficePhone>> {
  const phones = new Map<string, OfficePhone>();
  for (const number of numbers) phones.set(number, await OfficePhone.register(appliance, number));
  return phones;
}
