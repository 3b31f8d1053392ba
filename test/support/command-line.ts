import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { untilEnded } from './waiting.js';

const program = fileURLToPath(new URL('../../dist/cli/modcall.js', import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandSurroundings {
  /** What comes over standard input; /dev/null where there is nothing. */
  readonly input?: string;
  readonly language?: 'de' | 'en';
  /** Who runs it, where it is somebody else. */
  readonly user?: number;
}

/** Commands on a data folder, as a shell runs them. */
export class CommandLine {
  constructor(private readonly folder: string) {}

  async run(words: readonly string[], surroundings: CommandSurroundings = {}): Promise<CommandResult> {
    const { input, language = 'en', user } = surroundings;
    const child = spawn(program, [...words, '--data', this.folder], {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, LANG: language === 'de' ? 'de_DE.UTF-8' : 'en_GB.UTF-8', LC_ALL: '' },
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
    const said = { out: '', err: '' };
    child.stdout?.on('data', (text) => {
      said.out += text;
    });
    child.stderr?.on('data', (text) => {
      said.err += text;
    });
    child.stdin?.end(input);
    await untilEnded(child, `modcall ${words.join(' ')}`, 'close');
    return { code: child.exitCode, ...said };
  }

  /** Runs a command that has to work, and reads what it answers as JSON. */
  async ask(...words: readonly string[]): Promise<ReturnType<typeof JSON.parse>> {
    const { code, out, err } = await this.run([...words, '--json']);
    if (code !== 0) throw new Error(`modcall ${words.join(' ')} ended with ${code}:\n${err}`);
    return JSON.parse(out);
  }
}
