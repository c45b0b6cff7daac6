import { between, byWeight, logNormal, type Random } from './random.ts';
import { capital, phrase, word } from './words.ts';

/** Characters: the mean of such sizes is 6 KB, and the largest is where people stop reading. */
const MEDIAN = 3_300;
const SPREAD = 1.1;
const LARGEST = 80_000;

/** A post as `sanitise` prints one, to the letter: it need not be made safe a hundred thousand times. */
export function body(random: Random, home: string): string {
  const size = Math.min(LARGEST, logNormal(random, MEDIAN, SPREAD));
  let html = paragraph(random, home);
  while (html.length < size) html += `\n${(BLOCKS[drawBlock(random)] as Block)(random, home)}`;
  return html;
}

/** What a feed gives that keeps the rest for its own site. */
export function teaser(random: Random): string {
  return `<p>${sentence(random)} ${sentence(random)} ${sentence(random)} […]</p>`;
}

type Block = (random: Random, home: string) => string;

const BLOCKS: Block[] = [
  paragraph,
  (random) => `<h5>${capital(phrase(random, 2, 6))}</h5>`,
  (random) => `<pre tabindex="0"><code class="language-python">${code(random)}</code></pre>`,
  (random) =>
    `<ul>\n${Array.from({ length: between(random, 2, 6) }, () => `<li>${phrase(random, 3, 14)}</li>\n`).join('')}</ul>`,
  (random, home) => `<blockquote>\n${paragraph(random, home)}\n</blockquote>`,
  (random, home) =>
    `<p><img src="${home}pictures/${word(random)}.png" alt="${phrase(random, 2, 6)}" width="640" height="400" loading="lazy" decoding="async" referrerpolicy="no-referrer"></p>`,
];
const drawBlock = byWeight([70, 8, 9, 7, 3, 3]);

function paragraph(random: Random, home: string): string {
  const sentences = Array.from({ length: between(random, 2, 6) }, () => sentence(random));
  if (random() < 0.5)
    sentences.push(`See <a href="${home}${word(random)}/" rel="nofollow ugc noopener">${phrase(random, 1, 4)}</a>.`);
  if (random() < 0.3) sentences.push(`Call <code>${call(random)}</code>, it is <em>${phrase(random, 1, 3)}</em>.`);
  return `<p>${sentences.join(' ')}</p>`;
}

function sentence(random: Random): string {
  return `${capital(phrase(random, 6, 18))}.`;
}

function code(random: Random): string {
  const lines = Array.from(
    { length: between(random, 3, 14) },
    (_, line) => `${line === 0 ? '' : '    '}${call(random)}\n`,
  );
  return lines.join('');
}

const VERBS = 'get set load make is has add run to from of with'.split(' ');

function call(random: Random): string {
  const verb = VERBS[between(random, 0, VERBS.length - 1)];
  return `${word(random)} = ${verb}_${word(random)}(${word(random)} &#x3C; ${between(random, 0, 99)})`;
}
