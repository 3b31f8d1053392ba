import type { ExtensionNumber } from '../../primitives/ids.js';

export const forwardings = ['always', 'busy', 'noAnswer'] as const;

/** In which case the callers of an extension are sent on. */
export type Forwarding = (typeof forwardings)[number];

/** What the person at an extension wants to happen with the calls that come for them. Each number is one as the extension would dial it. */
export type CallHandling = Readonly<Record<Forwarding, string | null>> & {
  /** Callers hear that the extension is busy. */
  readonly doNotDisturb: boolean;
};

/** Calls ring, and go nowhere else. */
export const usualHandling: CallHandling = { always: null, busy: null, noAnswer: null, doNotDisturb: false };

/** The call handling of every extension. */
export interface Handlings {
  /** Rises with each change. */
  readonly serial: number;
  /** Those whose calls are not handled as usual. */
  readonly of: ReadonlyMap<ExtensionNumber, CallHandling>;
}

export const allUsual: Handlings = { serial: 0, of: new Map() };

export const handlingOf = ({ of }: Handlings, extension: ExtensionNumber): CallHandling =>
  of.get(extension) ?? usualHandling;

/** Whether calls to a group ring at the extension's own telephones, too. */
export const wantsGroupCalls = ({ always, doNotDisturb }: CallHandling): boolean => always === null && !doNotDisturb;

export function isUsual({ always, busy, noAnswer, doNotDisturb }: CallHandling): boolean {
  return always === null && busy === null && noAnswer === null && !doNotDisturb;
}

export function withHandling({ serial, of }: Handlings, extension: ExtensionNumber, handling: CallHandling): Handlings {
  const changed = new Map(of);
  if (isUsual(handling)) changed.delete(extension);
  else changed.set(extension, handling);
  return { serial: serial + 1, of: changed };
}

/** Without the call handling of extensions that are gone: one that comes back under the same number is another. */
export function withoutGone(handlings: Handlings, isThere: (extension: ExtensionNumber) => boolean): Handlings {
  const of = new Map([...handlings.of].filter(([extension]) => isThere(extension)));
  return of.size === handlings.of.size ? handlings : { serial: handlings.serial + 1, of };
}
