import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { ApiClient } from '../../support/api.js';
import { certificateOne } from '../../support/certificates.js';

let server: Server | undefined;
let client: ApiClient | undefined;
afterEach(() => {
  client?.close();
  server?.close();
});

it('an answer of which only the beginning comes is an error of whoever asked', async () => {
  server = createServer({ key: certificateOne.key, cert: certificateOne.certificate }, (_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
    answer.write('{"version":', () => answer.socket?.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new ApiClient((server.address() as AddressInfo).port);
  await expect(client.ask('GET', '/api/settings')).rejects.toThrow('aborted');
});
