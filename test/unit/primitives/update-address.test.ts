import { expect, test } from 'vitest';
import { isUpdateAddress, isUpdateFolder } from '../../../src/primitives/update-address.js';

test.each([
  'https://updates.example/modcall/',
  'https://192.0.2.1:8443/modcall',
  'http://192.168.178.20/updates/',
  'http://10.0.0.2:8080/',
  'http://172.31.255.1/',
  'http://127.0.0.1:8000/',
  'http://[fd12:3456:789a::1]/',
])('updates may come from %s', (address) => {
  expect([isUpdateAddress(address), isUpdateFolder(address)]).toEqual([true, true]);
});

test.each([
  'http://updates.example/modcall/',
  'http://10.example/',
  'http://192.168.1.1.example/',
  'http://192.0.2.1/',
  'http://172.32.0.1/',
  'http://[2001:db8::1]/',
  'ftp://192.168.1.2/',
  'file:///media/stick/',
  '/media/stick/',
  'https://',
  '',
])('updates do not come from %s', (address) => {
  expect([isUpdateAddress(address), isUpdateFolder(address)]).toEqual([false, false]);
});

test.each([
  'https://ada:secret@updates.example/',
  'https://updates.example/?token=secret',
  'https://updates.example/#here',
  `https://updates.example/${'a'.repeat(1000)}`,
])('the folder of a channel is not %s', (address) => {
  expect(isUpdateFolder(address)).toBe(false);
});
