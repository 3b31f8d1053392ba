import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AdminError } from '../store/admin-error.js';
import { hasCode, readIfThere } from '../store/files/durable-file.js';
import { closest, type FileFault, faultsOf, type Path, pathText, placed } from '../store/files/file-faults.js';
import { syntaxFault } from '../store/files/json-faults.js';
import { parseJson } from '../store/files/json-text.js';
import { type Board, boardSchema } from './board-schema.js';

/** The board file cannot be used: every fault with its path. */
export class BoardError extends AdminError {
  constructor(
    readonly file: string,
    faults: readonly FileFault[],
    raw: unknown,
  ) {
    super({ code: 'board.invalid', params: { file, count: faults.length } }, { faults: placed(faults, raw) });
  }
}

/** There is no board of that name. */
export class UnknownBoard extends AdminError {
  constructor(name: string, known: readonly string[]) {
    super({ code: 'board.unknown', params: { name, meant: closest(name, known) ?? null, known } });
  }
}

/**
 * Reads `<name>/board.json` in the first of the folders that has it: with Modcall's own folder first, an admin's board cannot replace one
 * of Modcall's.
 * @param runtime folder that `${runtime}` stands for in the file.
 * @throws UnknownBoard, BoardError
 */
export async function readBoard(folders: readonly string[], name: string, runtime: string): Promise<Board> {
  const known = (await Promise.all(folders.map(boardsIn))).flat();
  const file = known.find((board) => board.name === name)?.file;
  const text = file === undefined ? null : await readIfThere(file);
  if (file === undefined || text === null) throw new UnknownBoard(name, [...new Set(known.map((board) => board.name))]);
  return parseBoard(file, text, runtime);
}

/**
 * Checks the text of a board file.
 * @param file its name, for the report.
 * @throws BoardError with every fault.
 */
export function parseBoard(file: string, text: string, runtime: string): Board {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new BoardError(file, [syntaxFault(parsed.fault)], undefined);
  const shape = boardSchema(runtime).safeParse(parsed.value);
  if (!shape.success) throw new BoardError(file, faultsOf(shape.error, 'board'), parsed.value);
  const faults = crossCheck(shape.data);
  if (faults.length > 0) throw new BoardError(file, faults, parsed.value);
  return shape.data;
}

/**
 * A folder that does not exist, or cannot be read, has no boards.
 * @throws UnknownBoard
 */
export async function requireKnownBoard(folders: readonly string[], name: string): Promise<void> {
  const found = await Promise.all(folders.map((folder) => boardsIn(folder).catch(() => [])));
  const known = [...new Set(found.flat().map((board) => board.name))];
  if (!known.includes(name)) throw new UnknownBoard(name, known);
}

async function boardsIn(folder: string): Promise<{ readonly name: string; readonly file: string }[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => ({ name, file: join(folder, name, 'board.json') }));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Faults that no single value shows: parts that are named twice, a handset that is not a telephone. */
function crossCheck({ panel, lines, handset }: Board): FileFault[] {
  const parts = (['monitorLamp', 'statusLamp', 'button'] as const).map((name) => {
    const part = panel[name];
    return { path: ['panel', name], value: part.driver === 'gpio' ? gpioPlace(part) : JSON.stringify([part.path]) };
  });
  const pins = lines.flatMap((line, index) =>
    line.driver === 'slic'
      ? (['hook', 'ringMode', 'reverse'] as const).map((name) => ({
          path: ['lines', index, name],
          value: gpioPlace(line[name]),
        }))
      : [],
  );
  const ports = lines.map(({ port }, index) => ({ path: ['lines', index, 'port'], value: port }));
  const ttys = lines.flatMap((line, index) =>
    line.driver === 'slic' ? [] : [{ path: ['lines', index, 'tty'], value: line.tty }],
  );
  const sounds = lines.map(({ audio }, index) => ({ path: ['lines', index, 'audio'], value: JSON.stringify(audio) }));
  const hasHandset = handset === null || lines.some(({ port, kind }) => port === handset && kind === 'fxs');
  return [
    ...[[...parts, ...pins], ports, ttys, sounds].flatMap(repeated),
    ...(hasHandset ? [] : [{ path: ['handset'], code: 'board.fault.handset' as const }]),
  ];
}

const gpioPlace = ({ chip, line }: { readonly chip: string; readonly line: number }): string =>
  JSON.stringify([chip, line]);

function repeated(list: readonly { readonly path: Path; readonly value: string }[]): FileFault[] {
  return list.flatMap(({ path, value }, index) => {
    const first = list.findIndex((other) => other.value === value);
    const earlier = list[first];
    return earlier && first < index
      ? [{ path, code: 'board.fault.duplicate', params: { other: pathText(earlier.path) } }]
      : [];
  });
}
