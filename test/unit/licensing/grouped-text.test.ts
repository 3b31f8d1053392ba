import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromGroups, toGroups } from '../../../src/licensing/grouped-text.js';
import { symbols } from '../../../src/licensing/symbols.js';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 160 });
const purpose = fc.integer({ min: 0, max: 31 });
const symbol = fc.constantFrom(...symbols);

/** A printed text, one of its groups, and a place in that group. */
const printed = fc.tuple(bytes, purpose).chain(([content, meant]) => {
  const groups = toGroups(content, meant).split('-');
  return fc.record({
    content: fc.constant(content),
    purpose: fc.constant(meant),
    groups: fc.constant(groups),
    group: fc.nat({ max: groups.length - 1 }),
    place: fc.nat({ max: 4 }),
  });
});

const withGroup = (groups: readonly string[], group: number, text: string) => groups.with(group, text).join('-');
const without = (text: string, place: number) => text.slice(0, place) + text.slice(place + 1);
const sameContent = (content: Uint8Array, read: ReturnType<typeof fromGroups>) =>
  read.ok &&
  content.every((byte, index) => read.bytes[index] === byte) &&
  read.bytes.slice(content.length).every((b) => b === 0);

describe('grouped text', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(bytes, purpose, (content, meant) =>
        sameContent(content, fromGroups(toGroups(content, meant), meant)),
      ),
    );
  });

  it('has groups of five characters without look-alikes', () => {
    fc.assert(
      fc.property(bytes, purpose, (content, meant) => {
        expect(toGroups(content, meant)).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5})*$/);
      }),
    );
  });

  it('is read however it was typed', () => {
    const separator = fc.constantFrom(
      '-',
      ' - ',
      '–',
      '—',
      '−',
      '_',
      ' ',
      '\n',
      '\r\n',
      '',
      '-\n',
      '\t',
      '\u00ad-',
      '\u200b-',
    );
    const writing = fc.constantFrom<((text: string) => string)[]>(
      (text) => text,
      (text) => text.toLowerCase(),
      (text) => text.replaceAll('0', 'O').replaceAll('1', 'I'),
      (text) => text.replaceAll('0', 'o').replaceAll('1', 'l'),
    );
    fc.assert(
      fc.property(printed, separator, writing, ({ content, purpose: meant, groups }, between, write) =>
        sameContent(content, fromGroups(write(groups.join(between)), meant)),
      ),
    );
  });

  it('is read when a mail program breaks lines anywhere', () => {
    fc.assert(
      fc.property(printed, fc.integer({ min: 7, max: 80 }), ({ content, purpose: meant, groups }, width) => {
        const broken = groups.join('-').match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
        return sameContent(content, fromGroups(broken.join('\r\n'), meant));
      }),
    );
  });
});

describe('a typing mistake is found and its group named:', () => {
  const mistakeIn = (text: string, meant: number) => {
    const read = fromGroups(text, meant);
    return read.ok ? undefined : read.mistake;
  };

  it('one wrong character', () => {
    fc.assert(
      fc.property(printed, symbol, ({ purpose: meant, groups, group, place }, wrong) => {
        const before = groups[group] ?? '';
        fc.pre(before[place] !== wrong);
        const text = withGroup(groups, group, before.slice(0, place) + wrong + before.slice(place + 1));
        expect(mistakeIn(text, meant)).toEqual({ kind: 'mistyped', group: group + 1 });
      }),
    );
  });

  it('one character that cannot be there', () => {
    const strange = fc.constantFrom('U', 'u', 'Ä', '?', '*', '€', '😀');
    fc.assert(
      fc.property(printed, strange, ({ purpose: meant, groups, group, place }, character) => {
        const before = groups[group] ?? '';
        const text = withGroup(groups, group, before.slice(0, place) + character + before.slice(place + 1));
        expect(mistakeIn(text, meant)).toEqual({ kind: 'strangeCharacter', group: group + 1, character });
      }),
    );
  });

  it('one missing character', () => {
    fc.assert(
      fc.property(printed, ({ purpose: meant, groups, group, place }) => {
        const text = withGroup(groups, group, without(groups[group] ?? '', place));
        expect(mistakeIn(text, meant)).toEqual({ kind: 'tooShort', group: group + 1 });
      }),
    );
  });

  it('one doubled character', () => {
    fc.assert(
      fc.property(printed, ({ purpose: meant, groups, group, place }) => {
        const before = groups[group] ?? '';
        const text = withGroup(groups, group, before.slice(0, place + 1) + before.slice(place));
        fc.pre(groups.length > 1);
        expect(mistakeIn(text, meant)).toEqual({ kind: 'tooLong', group: group + 1 });
      }),
    );
  });

  it('two swapped characters in a group, adjacent or not', () => {
    fc.assert(
      fc.property(printed, fc.nat({ max: 4 }), ({ purpose: meant, groups, group, place }, other) => {
        const before = [...(groups[group] ?? '')];
        const [one = '', two = ''] = [before[place], before[other]];
        fc.pre(one !== two);
        const text = withGroup(groups, group, before.with(place, two).with(other, one).join(''));
        expect(mistakeIn(text, meant)).toEqual({ kind: 'mistyped', group: group + 1 });
      }),
    );
  });

  it('two characters swapped over the hyphen', () => {
    fc.assert(
      fc.property(printed, ({ purpose: meant, groups, group }) => {
        const [one = '', two = ''] = [groups[group], groups[group + 1]];
        fc.pre(two !== '' && one[4] !== two[0]);
        const swapped = groups.with(group, one.slice(0, 4) + two[0]).with(group + 1, one[4] + two.slice(1));
        expect(mistakeIn(swapped.join('-'), meant)).toEqual({ kind: 'mistyped', group: group + 1 });
      }),
    );
  });

  it('a missing group, and two swapped groups', () => {
    fc.assert(
      fc.property(printed, ({ purpose: meant, groups, group }) => {
        const [one = '', two = ''] = [groups[group], groups[group + 1]];
        fc.pre(two !== '');
        expect(mistakeIn(groups.toSpliced(group, 1).join('-'), meant)).toMatchObject({ group: group + 1 });
        const swapped = groups
          .with(group, two)
          .with(group + 1, one)
          .join('-');
        expect(mistakeIn(swapped, meant)).toMatchObject({ group: group + 1 });
      }),
    );
  });

  it('also where lines end without a hyphen', () => {
    fc.assert(
      fc.property(printed, ({ purpose: meant, groups, group, place }) => {
        const lines = groups.with(group, without(groups[group] ?? '', place));
        const text = lines.map((each, index) => each + (index % 3 === 2 ? '\n' : '-')).join('');
        expect(mistakeIn(text, meant)).toEqual({ kind: 'tooShort', group: group + 1 });
      }),
    );
  });

  it('another purpose', () => {
    fc.assert(
      fc.property(printed, purpose, ({ purpose: meant, groups }, other) => {
        fc.pre(other !== meant);
        expect(mistakeIn(groups.join('-'), other)).toEqual({ kind: 'mistyped', group: 1 });
      }),
    );
  });
});
