// Entries of 6 KB that one second of processor time makes safe. Run it with `node tests/bench/sanitise.bench.ts`.
import { readFileSync } from 'node:fs';
import sanitizeHtml from 'sanitize-html';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { ATTRIBUTES } from '../../scripts/snapshot/sanitise/schema.ts';

const SECONDS = 3;
const LOWEST = 500;

const rich = readFileSync(new URL('../fixtures/good-post.html', import.meta.url), 'utf8');
const prose = `<p>An orbit is <em>not</em> a circle, whatever <a href="/notes/kepler">they drew</a>; it is an ellipse.
${'The sun stands at one focus, and the other is empty. '.repeat(5)}</p>\n`;

const sized = (html: string) => html.slice(0, 6_144);

const POSTS = [
  { kind: 'prose', html: sized(prose.repeat(20)) },
  { kind: 'every feature, then prose', html: sized(rich + prose.repeat(20)) },
];

const OPTIONS = { base: 'https://blog.example.org/posts/orbits/', idPrefix: '1a2b3c4d5e' };

// The same list of what may stay, so that both print about as much.
const PEER = {
  allowedTags: [...ATTRIBUTES.keys()],
  allowedAttributes: Object.fromEntries([...ATTRIBUTES].map(([element, names]) => [element, [...names]])),
};

const SANITISERS = [
  { name: 'orrery', run: (html: string) => sanitise(html, OPTIONS) },
  { name: 'sanitize-html', run: (html: string) => sanitizeHtml(html, PEER) },
];

function perCpuSecond(work: () => void): number {
  for (let warm = 0; warm < 200; warm += 1) work();
  const before = process.cpuUsage();
  const end = performance.now() + SECONDS * 1_000;
  let done = 0;
  for (; performance.now() < end; done += 1) work();
  const { user, system } = process.cpuUsage(before);
  return Math.round((done * 1_000_000) / (user + system));
}

let lowest = Number.POSITIVE_INFINITY;
for (const { kind, html } of POSTS) {
  for (const { name, run } of SANITISERS) {
    const rate = perCpuSecond(() => run(html));
    console.log(`${name}: ${rate} entries of ${html.length} characters per CPU second (${kind})`);
    if (name === 'orrery') lowest = Math.min(lowest, rate);
  }
}
if (lowest < LOWEST) {
  console.error(`Below ${LOWEST}: the snapshot of a large planet takes too long.`);
  process.exitCode = 1;
}
