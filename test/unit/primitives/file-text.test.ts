import { expect, test } from 'vitest';
import { fileText } from '../../../src/primitives/file-text.js';

const table = 'number;name\r\n101;Jörg Weiß – 5 €\r\n';
const utf16 = Buffer.from(`\uFEFF${table}`, 'utf16le');
const windows = Buffer.from(table.replace('–', '\x96').replace('€', '\x80'), 'latin1');

test.each([
  ['UTF-8', Buffer.from(table)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${table}`)],
  ['UTF-16, the lower byte first', utf16],
  ['UTF-16, the higher byte first', Buffer.from(utf16).swap16()],
  ['Windows-1252', windows],
])('a text in %s is read', (_, bytes) => {
  expect(fileText(bytes)).toBe(table);
});

test('an empty file has no text', () => {
  expect(fileText(Buffer.alloc(0))).toBe('');
});
