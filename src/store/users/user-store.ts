import { readIfThere, setAside, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { InTurn } from '../in-turn.js';
import { noUsers, type Users, usersSchema } from './users-schema.js';

/** Who may sign in, on disk: replaced as a whole, one change after another. */
export class UserStore {
  readonly #changes = new InTurn();

  private constructor(
    private readonly path: string,
    private readonly now: () => number,
    private present: Users,
    /** The file is there, but cannot be understood: nobody may sign in by it. It is set aside before another is written. */
    private isBroken: boolean,
  ) {}

  static async open(path: string, now: () => number): Promise<UserStore> {
    const users = await readUsers(path);
    return new UserStore(path, now, users ?? noUsers, users === null);
  }

  get current(): Users {
    return this.present;
  }

  get isFileBroken(): boolean {
    return this.isBroken;
  }

  /**
   * Changes the users. When the promise resolves, the change is on disk; at any moment before, the old file is.
   * @throws what `change` throws, and when the disk does not take it; nothing changes then.
   */
  change(change: (users: Users) => Users): Promise<Users> {
    return this.#changes.run(() => this.#change(change));
  }

  async #change(change: (users: Users) => Users): Promise<Users> {
    const before = this.present;
    const changed = change(before);
    if (changed === before) return before;
    const after = usersSchema.parse(changed);
    if (this.isBroken) await setAside(this.path, this.now());
    this.isBroken = false;
    await this.#write(after).catch(async (error: unknown) => {
      // It may be in place all the same, and only not be sure to survive a power cut: what was refused does not come with the next start.
      await this.#write(before).catch(() => undefined);
      throw error;
    });
    this.present = after;
    return after;
  }

  #write(users: Users): Promise<void> {
    return writeDurably(this.path, `${JSON.stringify(users, undefined, 2)}\n`);
  }
}

/** Without a file there are no users; null for a file that cannot be read or understood. */
async function readUsers(path: string): Promise<Users | null> {
  const text = await readIfThere(path).catch(() => '');
  if (text === null) return noUsers;
  const parsed = parseJson(text);
  return usersSchema.safeParse(parsed.ok ? parsed.value : undefined).data ?? null;
}
