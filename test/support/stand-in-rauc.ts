import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As busctl writes it of the real RAUC, which the tests of the image ask. */
const program = (state: string) => `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const verb = words[0], last = words.slice(4);
const state = JSON.parse(readFileSync(${JSON.stringify(state)}, 'utf8'));
const text = (data) => ({ type: 's', data });
const fail = (reason) => { console.error('Call failed: ' + reason); process.exit(1); };
if (verb === 'get-property') {
  const values = {
    Compatible: text('modcall-pi4'), BootSlot: text('A'), LastError: text(''),
    Operation: text(state.left > 0 ? 'installing' : 'idle'),
    Progress: { type: '(isi)', data: [100 - 10 * state.left, 'Copying image', 2] },
  };
  for (const name of last) console.log(JSON.stringify(values[name]));
  if (last.includes('Progress') && state.left > 0) writeFileSync(${JSON.stringify(state)}, JSON.stringify({ left: state.left - 1 }));
} else {
  const [method, , source] = last;
  const fetched = async () => {
    const answer = await fetch(source).catch((error) => fail('failed to stream bundle: ' + error.cause?.code));
    return answer.ok ? answer.text() : fail('failed to stream bundle: HTTP status ' + answer.status);
  };
  const read = async () => existsSync(source) ? readFileSync(source, 'utf8') : fail('No such file');
  (/^https?:/.test(source) ? fetched() : read()).then((content) => {
  const [compatible, version] = content.split(' ');
  if (version === undefined) fail('signature verification failed: self-signed certificate');
  if (method === 'InstallBundle') writeFileSync(${JSON.stringify(state)}, JSON.stringify({ left: 2 }));
  else console.log(JSON.stringify({ type: 'a{sv}', data: [{ update: { type: 'v', data: { type: 'a{sv}', data: { compatible: text(compatible), version: text(version) } } } }] }));
  });
}
`;

/** Stands in for RAUC and the bus to it: an update is a file that says for which board it is, and its version. */
export class StandInRauc {
  private constructor(private readonly folder: string) {}

  static async start(): Promise<StandInRauc> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-rauc-'));
    const state = join(folder, 'state.json');
    await writeFile(state, '{"left":0}');
    await writeFile(join(folder, 'busctl'), program(state), { mode: 0o755 });
    return new StandInRauc(folder);
  }

  /** Of a box that runs from the image. */
  get environment(): Record<string, string> {
    return { MODCALL_IMAGE_VERSION: '1.2.0', PATH: `${this.folder}:${process.env.PATH}` };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
