import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { leaksIn, waysOut } from '../../scripts/lint/ways-out.js';

describe('nothing leaves the box but by the ways that are listed', () => {
  test.each([
    "import { request } from 'node:https';",
    "import { get as ask } from 'node:http';",
    "import { connect } from 'node:net';",
    "import net from 'node:net';",
    "import * as tls from 'node:tls';",
    "export { createConnection } from 'node:net';",
    "export * from 'node:http';",
    "const later = await import('node:https');",
    "import { resolve } from 'node:dns/promises';",
    "import { createSocket } from 'node:dgram';",
    "import { exec } from 'node:child_process';",
    "import 'node:child_process';",
    "import WebSocket from 'ws';",
    "const answer = await fetch('https://example.net');",
    "globalThis.fetch('https://example.net');",
    "navigator.sendBeacon('/', text);",
    "new EventSource('/');",
  ])('%s is found', (line) => {
    expect(leaksIn('store/planted.ts', `// planted\n${line}`)).toEqual([
      { file: 'store/planted.ts', line: 2, reason: expect.stringContaining('is no way out') },
    ]);
  });

  test.each([
    "import { isIP } from 'node:net';",
    "import type { IncomingMessage } from 'node:http';",
    "import type { ChildProcess } from 'node:child_process';",
    "import { createServer } from 'node:http';",
    "import { WebSocketServer } from 'ws';",
    'app.fetch(request);',
    'const fetch = { at: 1 }; use(fetch.at);',
  ])('%s is not', (line) => {
    expect(leaksIn('store/planted.ts', line)).toEqual([]);
  });

  test.each(Object.keys(waysOut))('%s is there', (file) => {
    expect(existsSync(new URL(`../../src/${file}`, import.meta.url))).toBe(true);
  });
});
