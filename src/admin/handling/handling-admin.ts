import type { Gateway } from '../../gateway/gateway.js';
import type { Message, PlacedFault, PlainFaultCode } from '../../locales/codes.js';
import { type ExtensionNumber, extensionNumber } from '../../primitives/ids.js';
import { AdminError } from '../../store/admin-error.js';
import type { HandlingFact } from '../../store/audit/handling-fact.js';
import { type CallHandling, forwardings, handlingOf } from '../../switchboard/handling/call-handling.js';
import type { ForwardRefused } from '../../switchboard/handling/forward-target.js';
import { orderedTarget } from '../../switchboard/handling/ordered-target.js';
import type { Caller } from '../operation.js';
import { byOf } from '../recording.js';

export interface HandlingPlace {
  readonly gateway: Pick<Gateway, 'world' | 'dispatch'>;
  /** Resolves when the last change is on disk. */
  readonly kept: { readonly saved: Promise<void> };
  record(fact: HandlingFact): void;
}

/** What is changed of somebody's call handling. */
export type HandlingChange = { readonly [Key in keyof CallHandling]?: CallHandling[Key] | undefined };

/** What people want to happen with their calls, as they have it from a page or program in place of a code. */
export class HandlingAdmin {
  constructor(private readonly place: HandlingPlace) {}

  list() {
    const { directory, handlings } = this.#state;
    return [...directory.extensions.keys()].map((extension) => ({ extension, ...handlingOf(handlings, extension) }));
  }

  of(number: string) {
    const extension = this.#known(number);
    return { extension, ...handlingOf(this.#state.handlings, extension) };
  }

  /** @throws AdminError where the caller has no extension. */
  ofCaller(caller: Caller) {
    return this.of(ownExtension(caller));
  }

  /**
   * Resolves when it is kept beyond a restart.
   * @throws AdminError with each number to which calls cannot be forwarded.
   */
  async change(number: string, change: HandlingChange, isDry: boolean, caller: Caller) {
    const extension = this.#known(number);
    const before = handlingOf(this.#state.handlings, extension);
    const handling = changed(before, change);
    const faults = forwardings.flatMap((when) => this.#faultOf(extension, when, before, handling));
    if (faults.length > 0) throw new AdminError({ code: 'handling.refused' }, { faults });
    if (!isDry) await this.#set(extension, handling, caller);
    return { extension, ...handling };
  }

  changeOwn(change: HandlingChange, isDry: boolean, caller: Caller) {
    return this.change(ownExtension(caller), change, isDry, caller);
  }

  async #set(extension: ExtensionNumber, handling: CallHandling, caller: Caller): Promise<void> {
    const { gateway, kept, record } = this.place;
    gateway.dispatch({ type: 'handlingSet', extension, handling, by: caller.name });
    record({ type: 'callHandlingChanged', ...byOf(caller), extension, ...handling });
    await kept.saved.catch((cause: unknown) => {
      throw new AdminError({ code: 'handling.notKept' }, { kind: 'unavailable', cause });
    });
  }

  /** A number that has become impossible may stay as long as nobody changes it. */
  #faultOf(
    extension: ExtensionNumber,
    when: (typeof forwardings)[number],
    before: CallHandling,
    after: CallHandling,
  ): readonly PlacedFault[] {
    const to = after[when];
    if (to === null || to === before[when]) return [];
    const target = orderedTarget(this.#state, extension, when, to);
    return 'cause' in target ? [{ path: when, found: { is: 'shown', value: to }, code: faultCode(target) }] : [];
  }

  get #state() {
    return this.place.gateway.world.switchboard;
  }

  #known(number: string): ExtensionNumber {
    const extension = extensionNumber(number);
    if (this.#state.directory.extensions.has(extension)) return extension;
    const problem: Message = { code: 'handling.noSuchExtension', params: { extension: number } };
    throw new AdminError(problem, { kind: 'missing' });
  }
}

function changed(before: CallHandling, change: HandlingChange): CallHandling {
  const { always = before.always, busy = before.busy, noAnswer = before.noAnswer } = change;
  const { doNotDisturb = before.doNotDisturb } = change;
  return { always, busy, noAnswer, doNotDisturb };
}

function ownExtension({ extension }: Caller): ExtensionNumber {
  if (extension === null) throw new AdminError({ code: 'handling.noExtension' }, { kind: 'forbidden' });
  return extension;
}

function faultCode({ cause, isEndless }: ForwardRefused): PlainFaultCode {
  if (isEndless) return 'handling.fault.circle';
  if (cause === 'incomplete') return 'handling.fault.incomplete';
  return cause === 'notFound' ? 'handling.fault.noSuchNumber' : 'handling.fault.forbidden';
}
