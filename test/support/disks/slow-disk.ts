/** Programs for `node --require`: a part of the box, by what is in its paths, whose files are never opened, as on a disk that does not answer. */
export const deadDisk = (part: string) => `
  const files = require('node:fs/promises');
  const { open, readdir } = files;
  const dead = (path) => String(path).includes('${part}');
  const never = () => new Promise(() => setInterval(() => {}, 1e6));
  files.open = (path, ...more) => (dead(path) ? never() : open(path, ...more));
  files.readdir = (path, ...more) => (dead(path) ? never() : readdir(path, ...more));
  require('node:module').syncBuiltinESMExports();`;

/** The same of one that answers only while there is a file. */
export const slowDisk = (part: string, file: string) => `
  const { existsSync } = require('node:fs');
  const files = require('node:fs/promises');
  const { setTimeout: pause } = require('node:timers/promises');
  const { open, readdir } = files;
  const untilThere = async (path) => {
    while (String(path).includes('${part}') && !existsSync('${file}')) await pause(50);
  };
  files.open = async (path, ...more) => {
    await untilThere(path);
    return open(path, ...more);
  };
  files.readdir = async (path, ...more) => {
    await untilThere(path);
    return readdir(path, ...more);
  };
  require('node:module').syncBuiltinESMExports();`;
