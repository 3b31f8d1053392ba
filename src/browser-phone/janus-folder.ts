import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid } from 'node:process';

/** UDP ports for browsers, and for the other half of the way, which stays within the box; clear of those of the engine. */
const ports = { browsers: '24576-25599', inside: '25600-26623' } as const;

/** Where Debian keeps the parts of Janus. */
const libraries = '/usr/lib';

/** Followed by the process that has made it. */
const prefix = 'modcall-janus-';

/** A folder with all that Janus goes by: made anew for each start, as its configuration is, and closed to other users. */
export interface JanusFolder {
  readonly path: string;
  /** Where it listens for its API. */
  readonly socket: string;
  remove(): Promise<void>;
}

/** Where the parts of Janus are; undefined where it is not installed. */
export async function findJanus(): Promise<string | undefined> {
  const places = await readdir(libraries).catch((): string[] => []);
  for (const place of places) {
    const parts = join(libraries, place, 'janus');
    const found = await readdir(join(parts, 'plugins')).catch((): string[] => []);
    if (found.includes('libjanus_sip.so')) return parts;
  }
  return undefined;
}

/** Removes the folders of processes that had no time to do it themselves. */
export async function removeLeftFolders(): Promise<void> {
  const entries = await readdir(tmpdir(), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const [, owner] = new RegExp(`^${prefix}(\\d+)-`).exec(entry.name) ?? [];
    if (!entry.isDirectory() || owner === undefined || isAlive(Number(owner))) continue;
    // That of another user stays.
    await rm(join(tmpdir(), entry.name), { recursive: true, force: true }).catch(() => {});
  }
}

/** This process has none yet when it looks. */
const isAlive = (owner: number): boolean => owner !== pid && existsSync(`/proc/${owner}`);

/** @param parts Where those of Janus are. @param address The address at which it meets the box, such as 127.0.0.1. */
export async function makeJanusFolder(parts: string, address: string): Promise<JanusFolder> {
  const path = await mkdtemp(join(tmpdir(), `${prefix}${pid}-`));
  await chmod(path, 0o700);
  const socket = join(path, 'api');
  // Of all that Janus can do, it finds only what it is for here.
  for (const folder of ['plugins', 'transports', 'events', 'loggers']) await mkdir(join(path, folder));
  const only = { plugins: 'libjanus_sip.so', transports: 'libjanus_websockets.so' };
  for (const [folder, file] of Object.entries(only)) await symlink(join(parts, folder, file), join(path, folder, file));
  for (const [file, text] of Object.entries(configuration(path, socket, address)))
    await writeFile(join(path, `${file}.jcfg`), text, { mode: 0o600 });
  return { path, socket, remove: () => rm(path, { recursive: true, force: true }) };
}

function configuration(path: string, socket: string, address: string): Readonly<Record<string, string>> {
  const folders = ['plugins', 'transports', 'events', 'loggers']
    .map((folder) => `${folder}_folder = "${path}/${folder}"`)
    .join('\n  ');
  return {
    janus: `general: {
  configs_folder = "${path}"
  ${folders}
  debug_level = 2
  debug_colors = false
  server_name = "Modcall"
  hide_dependencies = true
}
media: {
  rtp_port_range = "${ports.browsers}"
}
nat: {
  full_trickle = false
}
`,
    'janus.transport.websockets': `general: {
  json = "compact"
  ws = true
  ws_unix = "${socket}"
  wss = false
}
admin: {
  admin_ws = false
  admin_wss = false
}
`,
    'janus.plugin.sip': `general: {
  local_ip = "${address}"
  keepalive_interval = 0
  behind_nat = false
  register_ttl = 3600
  rtp_port_range = "${ports.inside}"
}
`,
  };
}
