import { afterEach, beforeEach, expect, test } from 'vitest';
import { atNameservers, lookupBy } from '../../../src/nameservers/lookup.js';
import { Nameserver } from '../../support/nameserver.js';

let nameserver: Nameserver;
beforeEach(async () => {
  nameserver = await Nameserver.open('::1', { 'office.example': '192.0.2.7' });
});
afterEach(() => nameserver.close());

/** What a connection is told of a name: one address, or all of them. */
const toldOf = (name: string, all: boolean, servers = [nameserver.address]) =>
  new Promise<unknown>((resolve) => {
    lookupBy(atNameservers(500, servers))(name, { all }, (error, address, family) =>
      resolve(error ?? (all ? address : { address, family })),
    );
  });

test('a connection is told the addresses of a name, however it asks for them', async () => {
  const address = { address: '192.0.2.7', family: 4 };
  expect(await toldOf('office.example', true)).toEqual([address]);
  expect(await toldOf('office.example', false)).toEqual(address);
});

test('a name that nobody has is another fault than a nameserver that does not answer', async () => {
  const message = 'no address of unknown.example was found';
  expect(await toldOf('unknown.example', true)).toMatchObject({ code: 'ENOTFOUND', message });
  expect(await toldOf('unknown.example', true, ['[::1]:9'])).toMatchObject({ code: 'EAI_AGAIN', message });
});
