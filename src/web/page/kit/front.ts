import { useSignal } from '@preact/signals';

export interface Front<Shown> {
  /** What is in front of the list, such as a form; null for nothing. */
  readonly shown: Shown | null;
  /** @returns what puts it there. */
  show(next: Shown | null): () => void;
  readonly close: () => void;
  /** For whatever has changed the list. @param next What has to be shown of it, this once. */
  done(next?: Shown | null): Promise<void>;
}

/**
 * What stands in front of a list: one form at a time. What has changed the list goes only once the list is there anew, so that the next
 * change is made to what is seen.
 * @param fresh Asks for the list, and waits for it.
 */
export function useFront<Shown>(fresh: () => Promise<void>): Front<Shown> {
  const front = useSignal<Shown | null>(null);
  const show = (next: Shown | null) => () => {
    front.value = next;
  };
  return {
    shown: front.value,
    show,
    close: show(null),
    async done(next = null) {
      // A secret is shown this once, whatever becomes of the list.
      if (next !== null) front.value = next;
      await fresh();
      if (next === null) front.value = null;
    },
  };
}
