import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { language } from '../../texts.js';
import { remembered } from '../remembered.js';

export interface Column<Entry> {
  readonly id: string;
  readonly name: string;
  /** By which it is searched and sorted, and shown where nothing else is said. */
  readonly text: (entry: Entry) => string;
  readonly show?: (entry: Entry) => ComponentChildren;
  readonly kind?: 'number';
}

export interface Filter<Entry> {
  readonly id: string;
  readonly name: string;
  readonly choices: readonly { readonly id: string; readonly name: string; fits(entry: Entry): boolean }[];
}

export interface Arranged<Entry> {
  readonly entries: readonly Entry[];
  readonly columns: readonly Column<Entry>[];
  readonly filters: readonly Filter<Entry>[];
}

type Order = 'ascending' | 'descending';

/** How somebody wants to see a list, remembered in this browser. */
export class ListView {
  readonly words: Signal<string>;
  /** As `sort` takes it. */
  readonly #sorted: Signal<string>;
  readonly #filters = new Map<string, Signal<string>>();

  constructor(private readonly name: string) {
    this.words = remembered(`list.${name}.words`);
    this.#sorted = remembered(`list.${name}.sorted`);
  }

  filter(id: string): Signal<string> {
    const present = this.#filters.get(id) ?? remembered(`list.${this.name}.filter.${id}`);
    this.#filters.set(id, present);
    return present;
  }

  /** The direction in which a column is sorted; null where another one is. The first column is it until somebody chooses. */
  orderOf(column: string, columns: readonly { readonly id: string }[]): Order | null {
    const { id, order } = this.#sorting(columns);
    return id === column ? order : null;
  }

  sortBy(column: string, columns: readonly { readonly id: string }[]): void {
    this.sort(this.orderOf(column, columns) === 'ascending' ? `-${column}` : column);
  }

  /** By a column, with a minus in front where the last comes first. */
  sort(sorted: string): void {
    this.#sorted.value = sorted;
  }

  /** The entries that fit, in order. */
  arranged<Entry>({ entries, columns, filters }: Arranged<Entry>): readonly Entry[] {
    const words = this.words.value.toLowerCase().split(/\s+/);
    const chosen = filters.flatMap(
      ({ id, choices }) => choices.find((choice) => choice.id === this.filter(id).value) ?? [],
    );
    const fitting = entries.filter((entry) => {
      const text = columns
        .map((column) => column.text(entry))
        .join(' ')
        .toLowerCase();
      return words.every((word) => text.includes(word)) && chosen.every((choice) => choice.fits(entry));
    });
    const { id, order } = this.#sorting(columns);
    const text = columns.find((column) => column.id === id)?.text ?? (() => '');
    const { compare } = new Intl.Collator(language.value, { numeric: true });
    const sorted = fitting.toSorted((one, other) => compare(text(one), text(other)));
    return order === 'ascending' ? sorted : sorted.toReversed();
  }

  #sorting(columns: readonly { readonly id: string }[]): { readonly id: string; readonly order: Order } {
    const sorted = this.#sorted.value;
    const id = sorted.replace(/^-/, '');
    if (columns.some((column) => column.id === id)) return { id, order: sorted === id ? 'ascending' : 'descending' };
    return { id: columns[0]?.id ?? '', order: 'ascending' };
  }
}
