import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';

/** Where a box on this data folder listens for those who may do everything. */
export const socketOf = (data: string): string => join(data, 'modcall.sock');

/** Asks the box on this data folder, as its admin. */
export const askBox =
  (data: string) =>
  async (method: string, path: string, body?: object): Promise<{ readonly status: number; readonly text: string }> => {
    const headers = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), 'if-match': '*' };
    const asked = request({ socketPath: socketOf(data), method, path, headers, agent: false });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
    const [answer] = await once(asked, 'response');
    let text = '';
    for await (const chunk of answer) text += chunk;
    return { status: answer.statusCode, text };
  };
