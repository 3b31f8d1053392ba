import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layers } from '../../scripts/lint/layers.js';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/architecture.md', root), 'utf8');
const glossary = readFileSync(new URL('docs/glossary.md', root), 'utf8');

const roomOf = (entry: string) => (entry === 'npm:node-pjsua2' ? 'node-pjsua2' : (entry.split('/')[0] ?? entry));

/** The law of the linter by rooms: what a part of a room may import, the room may. */
function law(): Map<string, Set<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const [key, { may }] of Object.entries(layers)) {
    const known = rooms.get(roomOf(key)) ?? new Set();
    for (const entry of may) if (roomOf(entry) !== roomOf(key)) known.add(roomOf(entry));
    rooms.set(roomOf(key), known);
  }
  return rooms;
}

/** The first and the last column of the table of rooms. */
function table(): Map<string, Set<string>> {
  const rows = page.matchAll(/^\| `([^`]+)` +\|[^|]*\|([^|]*)\|$/gm);
  return new Map(
    [...rows].map(([, room = '', may = '']) => {
      const entries = may.replaceAll('`', '').trim();
      return [room, new Set(entries === 'nothing' ? [] : entries.split(', '))];
    }),
  );
}

/** The boxes of the picture, with the rooms in them. */
function boxes(): Map<string, readonly string[]> {
  const lines = page.matchAll(/^ {2}(\w+)\["[^<]*<br\/>(.*)"\]$/gm);
  return new Map([...lines].map(([, box = '', rooms = '']) => [box, rooms.split(' · ')]));
}

describe('the page about the architecture', () => {
  it('has the rooms of the linter’s law in its table, and what each may import', () => {
    expect(table()).toEqual(law());
  });

  it('has each room in one box of the picture', () => {
    expect([...boxes().values()].flat().sort()).toEqual([...law().keys()].sort());
  });

  it('has an arrow between two boxes exactly where a room in one may import a room in the other', () => {
    const arrows = [...page.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} --> ${to}`);
    const boxOf = (room: string) => [...boxes()].find(([, rooms]) => rooms.includes(room))?.[0];
    const lawful = [...law()].flatMap(([room, may]) =>
      [...may].flatMap((other) => {
        const [from, to] = [boxOf(room), boxOf(other)];
        return to === undefined || from === to ? [] : [`${from} --> ${to}`];
      }),
    );
    // The box that puts all together has arrows to all others but one, which the page says in words.
    const drawn = lawful.filter((arrow) => !arrow.startsWith('start '));
    expect(arrows.sort()).toEqual([...new Set(drawn)].sort());
    const toldInWords = [...boxes().keys()].filter((box) => box !== 'start' && box !== 'pjsua').sort();
    expect([...new Set(lawful)].flatMap((arrow) => /^start --> (.*)$/.exec(arrow)?.[1] ?? []).sort()).toEqual(
      toldInWords,
    );
  });
});

describe('the glossary', () => {
  const rows = [...glossary.matchAll(/^\| ([^|]+?) +\|[^|]*\|[^|]*\|([^|]*)\|$/gm)].map(
    ([, word = '', places = '']) => ({
      word,
      places: [...places.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place),
    }),
  );
  const words = rows.filter(({ places }) => places.length > 0);

  it('is in alphabetical order, with each word once', () => {
    const plain = words.map(({ word }) => word.toLowerCase());
    expect(plain.length).toBeGreaterThan(50);
    expect(plain).toEqual([...new Set(plain)].sort((a, b) => a.localeCompare(b, 'en')));
  });

  it.each(words)('knows where “$word” lives', ({ places }) => {
    expect(places.filter((place) => !existsSync(new URL(place, root)))).toEqual([]);
  });
});
