import type { ElementContent } from 'hast';
import { wordSet } from '../../../src/core/text.ts';
import { newElement } from './parsed-html.ts';

/** A line of text, through all its elements: the letters of complex scripts since its last place for a break. */
export interface TextLine {
  letters: number;
}

/** Joined or stacked letters: Chromium takes quadratic time for a line, 16 s for 100,000 Khmer ones, also in `<b>`. */
const COMPLEX =
  /(?:[\u0590-\u1CFF\uA800-\uABFF\uFB1D-\uFDFF\uFE70-\uFEFC]|[\u{10800}-\u{11FFF}\u{1E900}-\u{1E95F}])[\p{M}\u200C\u200D]*/gu;

const MOST_LETTERS = 2_000;

/** Characters before the last letter, in which a break is put behind a space. */
const NEAR = 200;

export const ENDS_LINE = wordSet(
  'address article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header ' +
    'hr li math ol p pre section summary table td th tr ul wbr',
);

/** The text, with a `<wbr>` after each `MOST_LETTERS`. Text that has them stays as it is. */
export function withBreaks(value: string, line: TextLine): ElementContent[] {
  const parts: ElementContent[] = [];
  let from = 0;
  for (const { index } of value.matchAll(COMPLEX)) {
    if (line.letters === MOST_LETTERS) {
      const near = Math.max(from, index - NEAR);
      const at = near + (/^.*\s/su.exec(value.slice(near, index))?.[0].length ?? index - near);
      if (at > from) parts.push({ type: 'text', value: value.slice(from, at) });
      parts.push(newElement('wbr'));
      line.letters = value.slice(at, index).match(COMPLEX)?.length ?? 0;
      from = at;
    }
    line.letters += 1;
  }
  return [...parts, { type: 'text', value: value.slice(from) }];
}
