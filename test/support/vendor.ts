import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hardwareIdText, readHardwareId } from '../../src/licensing/hardware-id.js';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const tool = join(checkout, 'scripts/vendor/vendor.sh');

/** A vendor with a key pair of their own, and the product as this vendor builds it: both as scripts/vendor/README.md says. */
export class Vendor {
  /** `modcall` of the vendor's build. */
  readonly program: string;

  private constructor(private readonly folder: string) {
    this.program = join(folder, 'product/dist/cli/modcall.js');
  }

  static async open(): Promise<Vendor> {
    const vendor = new Vendor(await mkdtemp(join(tmpdir(), 'modcall-vendor-')));
    await writeFile(vendor.passphrase, 'a vendor in a test\n');
    await vendor.tool('make-keys');
    await vendor.build(await vendor.tool('public-key'));
    return vendor;
  }

  /** Issues a key; returns the path of its file. Every call needs a folder name of its own. */
  async issue(name: string, ...order: readonly string[]): Promise<string> {
    const output = join(this.folder, name);
    const said = await this.tool('issue', '--output', output, '--tier', '40', '--major', '1', ...order);
    const [, path] = /^Written: (.*licence-\d+\.txt)$/m.exec(said) ?? [];
    if (path === undefined) throw new Error(`the vendor's tool wrote no key:\n${said}`);
    return path;
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private get passphrase(): string {
    return join(this.folder, 'passphrase');
  }

  private async tool(command: string, ...options: readonly string[]): Promise<string> {
    const office = ['--office', join(this.folder, 'office'), '--passphrase-file', this.passphrase];
    const { stdout } = await run('bash', [tool, command, ...office, ...options]);
    return stdout;
  }

  /** The checkout with the vendor's public key in it, bundled. What is large and the same is shared. */
  private async build(vendorKeys: string): Promise<void> {
    const product = join(this.folder, 'product');
    await mkdir(product);
    const addon = join(checkout, 'src/node-pjsua2');
    await cp(join(checkout, 'src'), join(product, 'src'), { recursive: true, filter: (path) => path !== addon });
    for (const part of ['package.json', 'tsconfig.json', 'scripts/bundle.config.ts', 'scripts/lint'])
      await cp(join(checkout, part), join(product, part), { recursive: true });
    for (const shared of ['board', 'build', 'node_modules']) {
      await symlink(join(checkout, shared), join(product, shared));
    }
    await writeFile(join(product, 'src/licensing/vendor-keys.ts'), vendorKeys);
    await run('npm', ['run', '--silent', 'bundle'], { cwd: product });
    // The page knows no vendor.
    await symlink(join(checkout, 'dist/web'), join(product, 'dist/web'));
    const watcher = 'cli/start-watcher.sh';
    await cp(join(product, 'src', watcher), join(product, 'dist', watcher));
  }
}

/** The hardware ID of another box than this one: of its board and its key no bit is the same. */
export function foreignTo(hardwareId: string): string {
  const reading = readHardwareId(hardwareId);
  if (!reading.ok) throw new Error(`${hardwareId} is not a hardware ID`);
  const { version, cpu, key } = reading.id;
  const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff);
  return hardwareIdText({ version, cpu: flipped(cpu), key: flipped(key) });
}
