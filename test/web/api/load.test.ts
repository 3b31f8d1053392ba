import { Agent, request } from 'node:http';
import { expect, it } from 'vitest';
import { NoteWeb } from '../../support/web.js';

it('ten thousand requests over a few connections are all answered, and leave nothing behind', async () => {
  const web = await NoteWeb.open();
  web.box.notes.set('7', { id: '7', text: 'x', stars: 1 });
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask = () =>
    new Promise<number>((resolve, reject) => {
      const headers = { authorization: 'Bearer token-read' };
      request({ host: '127.0.0.1', port: web.port, path: '/api/notes/7', agent, headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      })
        .on('error', reject)
        .end();
    });
  const statuses = new Set<number>();
  for (let round = 0; round < 100; round += 1) {
    for (const status of await Promise.all(Array.from({ length: 100 }, ask))) statuses.add(status);
  }
  expect([...statuses]).toEqual([200]);
  const { text } = await web.ask('/metrics', { as: 'read' });
  expect(text).toContain('modcall_http_answers_total{status="200"} 10000\n');
  expect(Number(/^modcall_http_connections (\d+)$/m.exec(text)?.[1])).toBeLessThanOrEqual(9);
  agent.destroy();
  web.close();
});
