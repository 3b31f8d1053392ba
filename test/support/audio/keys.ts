import type { Recording } from './recording.js';
import { toneLevel } from './tones.js';

const sampleRate = 8000;
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keypad = ['123A', '456B', '789C', '*0#D'];

/** All keys of ITU-T Q.23. */
export const allKeys: readonly string[] = [...keypad.join('')];

/** How a key is pressed; times in ms, levels in dBFS of each tone, deviations as a factor of the frequency. */
export interface Press {
  readonly ms: number;
  readonly pauseMs: number;
  readonly lowDbfs: number;
  readonly highDbfs: number;
  readonly lowDeviation: number;
  readonly highDeviation: number;
}

const usual: Press = { ms: 100, pauseMs: 100, lowDbfs: -12, highDbfs: -12, lowDeviation: 0, highDeviation: 0 };

/** The two tones of a key, in Hz. */
export function tonesOf(key: string): readonly [number, number] {
  const row = keypad.findIndex((line) => line.includes(key));
  return [rows[row] ?? 0, columns[keypad[row]?.indexOf(key) ?? -1] ?? 0];
}

/** The sound of keys, one after the other. */
export function pressed(keys: string, change: Partial<Press> = {}): Recording {
  const press = { ...usual, ...change };
  const each = [...keys].map((key) => soundOf(key, press));
  const samples = new Int16Array(each.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const sound of each) {
    samples.set(sound, at);
    at += sound.length;
  }
  return { sampleRate, samples };
}

const audibleDbfs = -30;

/** The keys that are heard, each once however long it lasts. */
export function keysIn({ samples }: Recording): string {
  const frame = sampleRate / 50;
  const heard = Array.from({ length: Math.floor(samples.length / frame) }, (_, index) =>
    keyIn(samples.subarray(index * frame, (index + 1) * frame)),
  );
  return heard.filter((key, index) => key !== heard[index - 1]).join('');
}

function keyIn(samples: Int16Array): string {
  const [row, column] = [loudest(rows, samples), loudest(columns, samples)];
  return keypad[row]?.[column] ?? '';
}

/** Index of the loudest tone; -1 when none is audible. */
function loudest(frequencies: readonly number[], samples: Int16Array): number {
  const levels = frequencies.map((frequency) => toneLevel({ sampleRate, samples }, frequency));
  const most = Math.max(...levels);
  return most > audibleDbfs ? levels.indexOf(most) : -1;
}

function soundOf(key: string, press: Press): Int16Array {
  const [low, high] = tonesOf(key);
  const tones = [
    { step: stepOf(low * (1 + press.lowDeviation)), amplitude: amplitudeOf(press.lowDbfs) },
    { step: stepOf(high * (1 + press.highDeviation)), amplitude: amplitudeOf(press.highDbfs) },
  ];
  const sounding = samplesIn(press.ms);
  const sound = new Int16Array(sounding + samplesIn(press.pauseMs));
  for (let index = 0; index < sounding; index++) {
    const sum = tones.reduce((total, { step, amplitude }) => total + amplitude * Math.sin(step * index), 0);
    sound[index] = Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
  return sound;
}

const samplesIn = (ms: number): number => Math.round((ms * sampleRate) / 1000);
const stepOf = (frequency: number): number => (2 * Math.PI * frequency) / sampleRate;
const amplitudeOf = (dbfs: number): number => 32767 * 10 ** (dbfs / 20);
