import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { german } from '../../../src/locales/de/index.js';
import { english } from '../../../src/locales/en/index.js';
import { leavesOf } from '../../../src/locales/leaves.js';
import { text, worded } from '../../../src/locales/text.js';
import type { Leaf, Translation } from '../../../src/locales/tree.js';
import { AdminError } from '../../../src/store/admin-error.js';

const markup = readFileSync(new URL('../../../src/simulator/page/index.html', import.meta.url), 'utf8');

/** Speaks when the texts could not even be loaded. */
const beforeAllTexts = ['cli/start-watch.ts'];

const codes = leavesOf(english).map(([code]) => code);
const translations = new Map(leavesOf(german));
const originals = new Map(leavesOf(english));

/** Names, symbols and the like, which are the same in both languages. */
const sameInBoth = new Set([
  'command.identity.passphrase',
  'firstSettings.moderator',
  'page.setUp.name',
  'page.system.channelOffered',
  ...['id', 'modcall', 'pin', 'sip', 'tls'].map((name) => `field.${name}`),
  'frontPanel.exchange',
  'frontPanel.heldFor',
  'frontPanel.telephone',
  'licence.label.version',
  'welcome.login.name',
  ...['host', 'name', 'pin', 'port', 'sip', 'stereo', 'tls', 'transport', 'webhooks'].map(
    (name) => `page.setting.name.${name}`,
  ),
  ...['name', 'pin', 'server'].map((name) => `page.people.${name}`),
  'page.rules.name',
  'page.listening.pin',
  'page.lines.portName',
  ...['yealink', 'snom', 'grandstream'].map((model) => `page.phones.modelIs.${model}`),
  'page.record.moderator',
  ...['passphrase', 'version'].map((name) => `page.system.${name}`),
  'page.agreement.hash',
  'prompt.fault.format.remedy',
  ...[
    'telekom-companyflex',
    'sipgate-trunking',
    '1und1',
    'easybell',
    'vodafone',
    'fritzbox',
    'asterisk',
    'freeswitch',
    '3cx',
  ].map((provider) => `provider.${provider}.name`),
]);

const lists = new Set(['known', 'own', 'issuedFor', 'keyNumbers', 'keys', 'paths']);
const words = new Set([
  'path',
  'file',
  'name',
  'reason',
  'command',
  'key',
  'meant',
  'other',
  'folder',
  'where',
  'port',
  'pin',
  'url',
]);

function sampleOf(name: string): unknown {
  if (lists.has(name)) return [`«${name}»`];
  if (name === 'kind') return 'rented';
  return words.has(name) ? `«${name}»` : 3;
}

/** The text with parameters, and the names of those that it has looked at. */
function sample(leaf: Leaf): { readonly text: string; readonly asked: readonly string[] } {
  if (typeof leaf === 'string') return { text: leaf, asked: [] };
  const asked = new Set<string>();
  const params = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, name) => {
        asked.add(String(name));
        return sampleOf(String(name));
      },
    },
  );
  return { text: leaf(params as never), asked: [...asked].sort() };
}

describe('the texts', () => {
  test('are the same ones in both languages', () => {
    expect([...translations.keys()].sort()).toEqual([...codes].sort());
  });

  test.each(codes)('%s is said in both languages, of the same things', (code) => {
    const [en, de] = [originals, translations].map((language) => sample(language.get(code) ?? ''));
    for (const each of [en, de]) {
      expect(each?.text.trim()).not.toBe('');
      expect(each?.text).not.toMatch(/undefined|NaN|\[object/);
    }
    expect(de?.asked).toEqual(en?.asked);
    expect(de?.text === en?.text).toBe(sameInBoth.has(code));
  });

  test('are there for every name in the markup of the front panel', () => {
    const names = [...markup.matchAll(/data-(?:text|label)="(\w+)"/g)].map(([, name]) => `frontPanel.${name}`);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => typeof originals.get(name) !== 'string')).toEqual([]);
  });

  test('are nowhere else: no source outside has a German word with an umlaut', () => {
    const root = new URL('../../../src/', import.meta.url);
    const files = globSync('**/*.{ts,tsx}', {
      cwd: fileURLToPath(root),
      ignore: ['**/{node_modules,dist,build}/**', 'locales/**', ...beforeAllTexts],
    });
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => /[äöüÄÖÜß]/.test(readFileSync(new URL(file, root), 'utf8')))).toEqual([]);
  });

  test('do not compile if one is missing, or lacks a parameter', () => {
    // @ts-expect-error There is no such text.
    const unknown = () => text('en', 'storage.full');
    // @ts-expect-error It tells of the process, too.
    const halfTold = () => text('en', 'storage.inUse', { path: '/data' });
    // @ts-expect-error An error names a text and what it tells of.
    const error = () => new AdminError({ code: 'storage.inUse' });
    // @ts-expect-error The other language has one text more.
    const translation: Translation<{ yes: string; no: string }> = { yes: 'ja' };
    expect([unknown, halfTold, error, translation]).toHaveLength(4);
  });

  test('say their code where this version has no words for it', () => {
    expect(worded('de', 'from.the.future', undefined)).toBe('from.the.future');
  });
});

describe('the German of the texts and prompts', () => {
  const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const [, table = ''] = read('docs/glossary.md').split('## German');
  const rows = [...table.matchAll(/^\| ([^|]+)\|([^|]+)\|([^|]*)\|$/gm)].slice(2);
  const wordsIn = (cell = '') =>
    cell
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean);
  const said = [
    ...[...translations].map(([code, leaf]) => ({ code, text: sample(leaf).text })),
    ...['de', 'demo-de'].map((name) => ({ code: name, text: read(`scripts/prompts/${name}.tsv`) })),
  ];
  /** The word in any of its forms, also at the beginning of a compound with a hyphen; a Fritz!Box is one word. */
  const used = (word: string) =>
    said.filter(({ text }) => new RegExp(`(?<![\\p{L}!])${word}(e|en|n|er|es|s)?(?!\\p{L})`, 'u').test(text));

  test('has a table in the glossary', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  test.each(rows.flatMap(([, , , not]) => wordsIn(not)))('does without %s', (word) => {
    expect(used(word).map(({ code }) => code)).toEqual([]);
  });

  test.each(rows.flatMap(([, , german]) => wordsIn(german)))('uses %s', (word) => {
    expect(used(word)).not.toEqual([]);
  });
});
