import type { CallOptions } from 'node-pjsua2';
import { expect, test } from 'vitest';
import { PjsuaTrunks } from '../../../src/engine/pjsua/trunks.js';
import { trunkId } from '../../../src/primitives/ids.js';

const id = trunkId('provider');
const addresses = ['192.0.2.1'];

test('a code of the provider is dialled with each of its signs', () => {
  const dialled: CallOptions[] = [];
  const endpoint = { setPeers() {}, setTlsServers() {}, call: (options: CallOptions) => dialled.push(options) };
  const trunks = new PjsuaTrunks(endpoint as never, { emitSoon() {} } as never);
  trunks.setTrunks([{ id, kind: 'address', host: 'provider.example', port: 5060, transport: 'udp', addresses }]);
  trunks.dial({ kind: 'trunk', trunk: id, number: '*#21#' }, { number: '49305550', name: '' }, {});
  expect(dialled.map(({ to }) => to)).toEqual(['sip:*%2321%23@provider.example;transport=udp']);
});
