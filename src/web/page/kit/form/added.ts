import { type Signal, useSignal } from '@preact/signals';
import type { Edit } from './edit.js';

/** One of several parts of a form that can be added and removed. */
export interface Part<Value> {
  readonly key: string;
  readonly value: Value;
}

export interface Added<Value> {
  readonly parts: Signal<readonly Part<Value>[]>;
  add(): void;
  remove(key: string): void;
}

/** Parts of a form, of which there may be any number. @param fresh What a new one is at first. */
export function useAdded<Value>(present: readonly Value[], fresh: Value, edit: Pick<Edit, 'isChanged'>): Added<Value> {
  const parts = useSignal<readonly Part<Value>[]>(present.map((value, index) => ({ key: `part${index}`, value })));
  const next = useSignal(present.length);
  return {
    parts,
    add() {
      parts.value = [...parts.value, { key: `part${next.value}`, value: fresh }];
      next.value += 1;
      edit.isChanged.value = true;
    },
    remove(key) {
      parts.value = parts.value.filter((other) => other.key !== key);
      edit.isChanged.value = true;
    },
  };
}
