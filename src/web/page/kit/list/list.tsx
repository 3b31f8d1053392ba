import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { say } from '../../texts.js';
import { type Arranged, type Column, type Filter, ListView } from './list-view.js';

interface ListProps<Entry> {
  /** By which this browser remembers how it is arranged. */
  readonly name: string;
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly columns: readonly Column<Entry>[];
  readonly filters?: readonly Filter<Entry>[];
  readonly keyOf: (entry: Entry) => string;
  /** What is said where there are none. */
  readonly empty?: string;
  /** What can be done with an entry. */
  readonly action?: ((entry: Entry) => ComponentChildren) | undefined;
  /** What can be done with all of them. */
  readonly children?: ComponentChildren;
}

/** A table that can be searched, filtered and sorted, and that says how much of it is seen. */
export function List<Entry>({
  name,
  label,
  entries,
  columns,
  filters = [],
  keyOf,
  empty = say('list.empty'),
  action,
  children,
}: ListProps<Entry>) {
  const view = useMemo(() => new ListView(name), [name]);
  const shown = view.arranged({ entries, columns, filters });
  const count =
    shown.length === entries.length
      ? say('list.count', { count: entries.length })
      : say('list.countOf', { count: shown.length, all: entries.length });
  return (
    <section class="list" aria-label={label}>
      {children && <div class="tools actions">{children}</div>}
      <div class="tools">
        <input
          type="search"
          aria-label={say('list.searchIn', { label })}
          placeholder={say('list.search')}
          value={view.words.value}
          onInput={({ currentTarget }) => {
            view.words.value = currentTarget.value;
          }}
        />
        {filters.map((filter) => (
          <FilterChoice key={filter.id} filter={filter} view={view} />
        ))}
        <SortChoice columns={columns} view={view} />
      </div>
      <p class="count" role="status">
        {count}
      </p>
      {shown.length === 0 ? (
        <p class="empty">{entries.length === 0 ? empty : say('list.nothingFound')}</p>
      ) : (
        <div class="card table">
          <table>
            <Head columns={columns} view={view} hasActions={action !== undefined} />
            <tbody>
              {shown.map((entry) => (
                <tr key={keyOf(entry)}>
                  {columns.map((column) => (
                    <td key={column.id} class={classOf(column)} data-column={column.name}>
                      {(column.show ?? column.text)(entry)}
                    </td>
                  ))}
                  {action && <td class="action">{action(entry)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const classOf = ({ kind }: Pick<Column<never>, 'kind'>): string | undefined => kind;

function FilterChoice<Entry>({ filter, view }: { readonly filter: Filter<Entry>; readonly view: ListView }) {
  const chosen = view.filter(filter.id);
  return (
    <select
      aria-label={filter.name}
      onChange={({ currentTarget }) => {
        chosen.value = currentTarget.value;
      }}
    >
      <option value="">{say('list.all', { name: filter.name })}</option>
      {filter.choices.map(({ id, name }) => (
        <option key={id} value={id} selected={chosen.value === id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** In place of the head of the table, on a screen where there is none. */
function SortChoice<Entry>({ columns, view }: Pick<Arranged<Entry>, 'columns'> & { readonly view: ListView }) {
  return (
    <select
      class="sort-choice"
      aria-label={say('list.sort')}
      onChange={({ currentTarget }) => view.sort(currentTarget.value)}
    >
      {columns.flatMap(({ id, name }) => [
        <option key={id} value={id} selected={view.orderOf(id, columns) === 'ascending'}>
          {name} ↑
        </option>,
        <option key={`-${id}`} value={`-${id}`} selected={view.orderOf(id, columns) === 'descending'}>
          {name} ↓
        </option>,
      ])}
    </select>
  );
}

function Head<Entry>({
  columns,
  view,
  hasActions,
}: Pick<Arranged<Entry>, 'columns'> & { readonly view: ListView; readonly hasActions: boolean }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const order = view.orderOf(column.id, columns);
          return (
            <th key={column.id} scope="col" class={classOf(column)} aria-sort={order ?? undefined}>
              <button type="button" class={`sort ${order ?? ''}`} onClick={() => view.sortBy(column.id, columns)}>
                {column.name}
              </button>
            </th>
          );
        })}
        {hasActions && (
          <th scope="col">
            <span class="unseen">{say('live.actions')}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
