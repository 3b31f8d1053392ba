import { loadavg } from 'node:os';
import type { Table } from '../report/table.js';
import { figure } from '../report/words.js';
import type { Summary } from '../statistics.js';
import type { Cost, PageFigures } from './figures.js';
import { judgePage } from './goals.js';

/** What else the machine does: beside each measurement, since it is shared. */
export const loadText = (): string => `load of the machine ${loadavg().map(figure).join(', ')}`;

export function pageTables(figures: PageFigures): readonly Table[] {
  const { firstLoad, live, firstAudio, listening } = figures;
  return [
    {
      title: 'First load of the page',
      head: ['until', 'kB', 'ms'],
      rows: [
        ['one can sign in', figure(firstLoad.wayIn.kilobytes), figure(firstLoad.wayIn.milliseconds)],
        [`Live shows ${live.calls} calls`, figure(firstLoad.live.kilobytes), figure(firstLoad.live.milliseconds)],
      ],
      notes: [],
    },
    {
      title: 'CPU, % of one core',
      head: ['with', 'box', 'browser'],
      rows: [
        costRow(`${live.calls} calls`, live.unwatched),
        costRow('the same, Live open in one browser', live.watched),
        costRow('the same, a call a second ends and begins, Live not open', live.changingUnwatched),
        costRow('the same, Live open', live.changing),
        costRow(`Live open by ${listening.moderators} moderators`, listening.before),
        costRow('the same, each listens in the browser', listening.cost),
      ],
      notes: listening.misheard.map((complaint) => `! ${complaint}`),
    },
    {
      title: 'One moderator listens in a browser, ms from the click',
      head: ['until', 'first of all', 'p50', 'p95', 'max'],
      rows: [
        momentRow('the box offers a call', firstAudio.first?.offered, firstAudio.offered),
        momentRow('the browser has answered', firstAudio.first?.answered, firstAudio.answered),
        momentRow('the call is heard', firstAudio.first?.heard, firstAudio.heard),
      ],
      notes: [
        `${firstAudio.heard?.count ?? 0} clicks, ${firstAudio.load}. The first of all is with the PIN, and starts Janus.`,
        ...firstAudio.misheard.map((complaint) => `! ${complaint}`),
      ],
    },
    {
      title: 'Goals of the page',
      head: ['goal', 'wanted', 'measured', 'verdict'],
      rows: judgePage(figures).map(({ goal, most, measured, isMet }) => [
        goal,
        `<= ${most}`,
        figure(measured),
        isMet ? 'met' : 'missed',
      ]),
      notes: [],
    },
  ];
}

const costRow = (what: string, { box, browser }: Cost) => [what, figure(box), figure(browser)];

const momentRow = (what: string, first: number | undefined, later: Summary | undefined) => [
  what,
  ...[first, later?.p50, later?.p95, later?.max].map(figure),
];
