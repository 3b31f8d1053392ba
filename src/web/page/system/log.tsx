import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { chosen, keep } from '../chosen.js';
import { ProblemText } from '../kit/problem-text.js';
import { remembered } from '../kit/remembered.js';
import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import { fieldsText, fits, type Level, LogLines, levels } from './log-lines.js';

/** The log as it is written, from the newest line on; what was chosen and typed is remembered. */
export function Log() {
  const log = useMemo(() => new LogLines(), []);
  useEffect(() => log.follow(), [log]);
  const level = useSignal<Level>(chosen('level', levels) ?? 'info');
  const words = useMemo(() => remembered('log.words'), []);
  const shown = log.lines.value.filter((line) => fits(line, level.value, words.value.trim()));
  return (
    <section aria-labelledby="log">
      <h2 id="log">{say('system.log')}</h2>
      <ProblemText problem={log.problem.value} />
      <div class="search">
        <div class="field">
          <label for="level">{say('system.level')}</label>
          <select
            id="level"
            value={level.value}
            onChange={({ currentTarget: { value } }) => {
              keep('level', value);
              level.value = chosen('level', levels) ?? 'info';
            }}
          >
            {levels.map((each) => (
              <option key={each} value={each}>
                {say(`system.levelIs.${each}`)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="words">{say('system.words')}</label>
          <input
            id="words"
            type="search"
            value={words.value}
            onInput={({ currentTarget: { value } }) => {
              words.value = value;
            }}
          />
        </div>
      </div>
      <p class="note">{say('system.lines', { count: shown.length })}</p>
      <ol class="card log">
        {shown.map(({ time, level, message, fields }, index) => (
          <li class="log-line" key={`${time} ${shown.length - index}`}>
            <span class="note">{momentText(time)}</span>
            <span class={`badge ${level}`}>{say(`system.levelIs.${level}`)}</span>
            <span class="log-text">
              {message}
              {Object.keys(fields).length > 0 && <code>{fieldsText(fields)}</code>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
