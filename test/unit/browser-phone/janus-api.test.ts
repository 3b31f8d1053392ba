import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { JanusApi } from '../../../src/browser-phone/janus-api.js';

/** What would be Janus: makes a session, and says what it is told to say. */
async function connected(): Promise<{ readonly api: JanusApi; readonly janus: WebSocket }> {
  const folder = await mkdtemp(join(tmpdir(), 'modcall-test-'));
  const path = join(folder, 'api');
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const joined = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
  void joined.then((janus) =>
    janus.on('message', (data) => {
      const { transaction } = JSON.parse(String(data));
      janus.send(JSON.stringify({ janus: 'success', transaction, data: { id: 7 } }));
    }),
  );
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const api = await JanusApi.open(path);
  onTestFinished(async () => {
    api.close();
    sockets.close();
    server.close();
    await rm(folder, { recursive: true });
  });
  return { api, janus: await joined };
}

const lost = (api: JanusApi) => new Promise<string>((resolve) => api.onLost(resolve));

test('a session that Janus has ended by itself is told', async ({ expect }) => {
  const { api, janus } = await connected();
  const told = lost(api);
  janus.send(JSON.stringify({ janus: 'timeout', session_id: 7 }));
  expect(await told).toBe('janus has ended the session');
});

test('a connection that Janus has closed is told', async ({ expect }) => {
  const { api, janus } = await connected();
  const told = lost(api);
  janus.close();
  expect(await told).toBe('the connection to janus is lost');
});
