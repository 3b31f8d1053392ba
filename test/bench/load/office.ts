import { setTimeout as pause } from 'node:timers/promises';
import type { Law } from '../../support/audio/g711.js';
import { type MonitorMode, numberOf, type Role, roles } from '../roles.js';
import type { System } from '../systems/system.js';
import type { Generator, KeyPress } from './generator.js';
import type { PhoneCall } from './phone-call.js';
import { Phones } from './phones.js';

/** The codec of each role's phone. */
export interface Codecs {
  readonly member: Law;
  readonly customer: Law;
  readonly moderator: Law;
}

/** A customer who talks to a member, and the moderators who are in it. */
export interface OfficeCall {
  readonly index: number;
  readonly member: PhoneCall;
  readonly customer: PhoneCall;
  readonly moderators: PhoneCall[];
}

/** A prompt has time to begin, and a slow comparison of a PIN to end. */
const beforeKeysMs = 1000;
const atOnce = 10;

/** All phones of a system under test, and the calls between them. */
export class Office {
  readonly system: System;
  readonly calls: OfficeCall[] = [];
  readonly #phones: Readonly<Record<Role, Phones>>;
  #registered = 0;
  readonly #busyModerators = new Set<string>();

  static async open(system: System, generator: Generator): Promise<Office> {
    const open = () => Phones.open(system.server, generator, (username) => ({ username, password: system.password }));
    return new Office(system, { member: await open(), customer: await open(), moderator: await open() });
  }

  private constructor(system: System, phones: Readonly<Record<Role, Phones>>) {
    this.system = system;
    this.#phones = phones;
  }

  /** Registers one member, without a call. */
  registerFirst(): Promise<void> {
    return this.#phones.member.register(numberOf('member', 0));
  }

  /** Registers so many phones of each role, as far as they are not registered yet; without a call. */
  async registerAll(phones: number): Promise<void> {
    for (const role of roles)
      for (let index = 0; index < phones; index += 1) await this.#phones[role].register(numberOf(role, index));
  }

  /** Adds calls until there are so many. */
  async growTo(calls: number, codecs: Codecs): Promise<void> {
    for (; this.#registered < calls; this.#registered += 1) {
      await this.#phones.member.register(numberOf('member', this.#registered));
    }
    await inBatches(indexes(this.calls.length, calls), async (index) => {
      this.calls.push(await this.#placeCall(index, codecs));
    });
    this.calls.sort((a, b) => a.index - b.index);
  }

  /** Brings a moderator into each of these calls. */
  async monitorAll(calls: readonly OfficeCall[], mode: MonitorMode, codec: Law): Promise<void> {
    await inBatches(calls, (call) => this.monitor(call, mode, codec));
  }

  /**
   * Brings a moderator into a call.
   * @param beforeLastKeys told the moderator's phone just before the keys that bring the audio.
   * @returns the last of these keys.
   */
  async monitor(
    call: OfficeCall,
    mode: MonitorMode,
    codec: Law,
    beforeLastKeys: (phone: PhoneCall) => void = () => {},
  ): Promise<KeyPress> {
    const { number, keys, modeKey } = this.system.monitoring(call.member.user, mode);
    const phone = await this.#callAsModerator(number, codec);
    call.moderators.push(phone);
    for (const each of keys.slice(0, -1)) await pressAfterPause(phone, each);
    await pause(beforeKeysMs);
    beforeLastKeys(phone);
    const lastKey = await phone.stream.press(keys.at(-1) ?? '');
    if (modeKey !== '') await pressAfterPause(phone, modeKey);
    return lastKey;
  }

  /** Lets one moderator go. */
  async dismiss(call: OfficeCall, moderator: PhoneCall): Promise<void> {
    call.moderators.splice(call.moderators.indexOf(moderator), 1);
    await this.#release(moderator);
  }

  /** Ends all calls beyond the first so many. */
  async shrinkTo(calls: number): Promise<void> {
    const ending = this.calls.splice(calls);
    await inBatches(ending, async (call) => {
      await Promise.all(call.moderators.map((moderator) => this.#release(moderator)));
      await this.#phones.customer.hangUp(call.customer);
      await this.#phones.member.hangUp(call.member);
    });
  }

  close(): void {
    for (const phones of Object.values(this.#phones)) phones.close();
  }

  async #callAsModerator(number: string, codec: Law): Promise<PhoneCall> {
    const user = this.#freeModerator();
    this.#busyModerators.add(user);
    try {
      return await this.#phones.moderator.call(user, number, codec);
    } catch (error) {
      this.#busyModerators.delete(user);
      throw error;
    }
  }

  #freeModerator(): string {
    for (let index = 0; ; index += 1) {
      const user = numberOf('moderator', index);
      if (!this.#busyModerators.has(user)) return user;
    }
  }

  async #release(moderator: PhoneCall): Promise<void> {
    await this.#phones.moderator.hangUp(moderator);
    this.#busyModerators.delete(moderator.user);
  }

  async #placeCall(index: number, codecs: Codecs): Promise<OfficeCall> {
    const member = numberOf('member', index);
    const answered = this.#phones.member.answered(member, codecs.member);
    const customer = await this.#phones.customer.call(numberOf('customer', index), member, codecs.customer);
    return { index, member: await answered, customer, moderators: [] };
  }
}

async function pressAfterPause(phone: PhoneCall, keys: string): Promise<void> {
  await pause(beforeKeysMs);
  await phone.stream.press(keys);
}

function indexes(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** A few at once, as an office does it: setting up is not what is measured. Fails when those under way have come to their end. */
async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += atOnce) {
    const results = await Promise.allSettled(items.slice(start, start + atOnce).map(work));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}
