import { parseAst } from 'rolldown/parseAst';
import { importsOf } from './imports.js';
import type { Violation } from './layering.js';
import { lineOf, type Node, nameOf, visit } from './syntax.js';

/**
 * Where something can leave the process, and whereto: by a connection that is begun here, or by another program. What is said on telephone
 * lines leaves by PJSIP, in `node-pjsua2`. Who wants to know what becomes of the record has these files to read, and no others.
 */
export const waysOut: Readonly<Record<string, string>> = {
  'web/webhooks/post.ts': 'to receivers that an admin has entered',
  'log/remote/server-connection.ts': 'to a server that an admin has entered, for the log',
  'nameservers/lookup.ts':
    'to nameservers, for names of receivers, of the log server, and of where updates are announced',
  'engine/pjsua/public-name.ts': 'to nameservers, for the names of providers',
  'web/page/api/request.ts': 'from the page to its own box',
  'web/page/api/events.ts': 'from the page to its own box',
  'web/page/listening/browser-call.ts': 'sound, between a browser and its own box',
  'simulator/page/connection.ts': 'from the front panel to its own simulator',
  'browser-phone/janus-process.ts': 'Janus, on this machine',
  'browser-phone/janus-api.ts': 'to Janus, on this machine',
  'cli/box/box-client.ts': 'from a command to the box on this machine',
  'cli/service-manager.ts': 'to systemd, on this machine',
  'cli/start-watch.ts': 'a shell that watches the start',
  'store/files/unix-socket.ts': 'to whoever listens at a socket on this machine already',
  'update/fetch-index.ts': 'to a web server that an admin has said, for what it says of new versions',
  'update/rauc.ts': 'to RAUC, on this machine, which fetches an update from where an admin has said',
  'appliance/faces/load-web.ts': 'nothing: reads beforehand what the web server needs',
  'appliance/taken-ports.ts': 'nothing: tries which ports are free',
  'appliance/own-process.ts': 'processes of its own: board and demonstration phones',
  'simulator/board/button-device.ts': 'a tool that makes the button of the simulated board',
  'simulator/hat/pseudo-terminal.ts': 'a tool that makes the tty of the simulated HAT',
};

/** By which names of which modules a connection or a program begins; null for any of them. */
const beginnings: Readonly<Record<string, readonly string[] | null>> = {
  'node:child_process': null,
  'node:cluster': null,
  'node:dgram': null,
  'node:dns': null,
  'node:dns/promises': null,
  'node:http': ['request', 'get', 'ClientRequest'],
  'node:https': ['request', 'get'],
  'node:http2': ['connect'],
  'node:net': ['connect', 'createConnection', 'Socket', 'Stream'],
  'node:tls': ['connect', 'TLSSocket'],
  'node:worker_threads': ['Worker'],
  ws: ['WebSocket'],
};

/** What needs no import. */
const globals: ReadonlySet<string | undefined> = new Set([
  ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'RTCPeerConnection', 'sendBeacon', 'Worker'],
]);
/** Objects of which those are properties. */
const global: ReadonlySet<string | undefined> = new Set(['globalThis', 'window', 'self', 'navigator']);

/** What in a module could carry something out, where `waysOut` has nothing of it. `file` is its path below `src`. */
export function leaksIn(file: string, text: string): Violation[] {
  if (file in waysOut || file.startsWith('node-pjsua2/')) return [];
  const lang = file.endsWith('.tsx') ? 'tsx' : 'ts';
  const imported = importsOf(text, lang)
    .filter(({ typeOnly, specifier, names }) => !typeOnly && isBeginning(specifier, names))
    .map(({ line, specifier }) => ({ line, what: specifier }));
  return [...imported, ...globalsIn(text, lang)].map(({ line, what }) => ({
    ...{ file, line },
    reason: `is no way out, and uses ${what}`,
  }));
}

function isBeginning(specifier: string, names: readonly string[] | null): boolean {
  const some = beginnings[specifier];
  if (some === undefined) return false;
  return some === null || names === null || names.some((name) => some.includes(name));
}

function globalsIn(text: string, lang: 'ts' | 'tsx') {
  const found: { readonly line: number; readonly what: string }[] = [];
  visit(parseAst(text, { lang }), (node, parent) => {
    const name = nameOf(node);
    if (name !== undefined && globals.has(name) && isGlobal(node, parent))
      found.push({ line: lineOf(text, node), what: name });
  });
  return found;
}

/** Whether a name is called, or made by `new`, as what is there without an import. */
function isGlobal(node: Node, parent: Node | null): boolean {
  if (parent === null) return false;
  if (Reflect.get(parent, 'property') === node) return global.has(nameOf(Reflect.get(parent, 'object')));
  return Reflect.get(parent, 'callee') === node;
}
