import { RequestProblem } from '../problem/problem.js';

/** Deeper and longer than any input. Parsing and checking more takes time that the calls do not have. */
const deepest = 16;
const mostValues = 10_000;
/** A value has a key, itself, a comma and two brackets at most. */
const mostTokens = 5 * mostValues;

/** What gives JSON its form: brackets, commas, and texts, of which the last may lack its end. Between them V8 skips at full speed. */
const token = /[[\]{},]|"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)/gs;

/** What a token adds to the depth. */
const steps: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

/** Checks how deeply JSON is nested and how many values it has, before it is parsed: the worst input takes the parser a long time. */
export function checkBounds(json: Buffer): void {
  let depth = 0;
  let commas = 0;
  let tokens = 0;
  for (const [text] of json.toString('latin1').matchAll(token)) {
    tokens += 1;
    commas += text === ',' ? 1 : 0;
    depth += steps[text] ?? 0;
    if (depth > deepest) throw new RequestProblem({ code: 'request.tooDeep', params: { limit: deepest } });
    if (commas >= mostValues || tokens > mostTokens)
      throw new RequestProblem({ code: 'request.tooMuch', params: { limit: mostValues } });
  }
}
