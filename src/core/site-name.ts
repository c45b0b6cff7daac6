import { hostOf } from './web-address.ts';

/** The host of an address as the text of a link, without `www.` and in its own letters: `münchen.example`. Never for an address. */
export function siteName(address: string): string {
  return hostInLetters(hostOf(address));
}

/** A host without `xn--`, where no part of it can be taken for another: parts in several scripts stay as they are. */
export function hostInLetters(host: string): string {
  const labels = host.split('.');
  const hasLatinEnd = !labels.at(-1)?.startsWith('xn--');
  return labels.map((label) => labelInLetters(label, hasLatinEnd)).join('.');
}

/**
 * Letters of parts that are shown: of one script, from left to right, of Latin those of the languages of Europe. A host of two
 * directions is not read in its order; other letters look like plain ones (https://www.unicode.org/reports/tr39/).
 */
const SCRIPTS = [
  /^[a-zß-öø-ıĳ-ķĺ-ňŋ-žșț\d-]+$/,
  /^[а-яёђ-џґў\d-]+$/,
  /^[ά-ώ\d-]+$/,
  /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\d-]+$/u,
  /^[\p{scx=Han}\p{scx=Hang}\d-]+$/u,
  ...'Armn Beng Deva Geor Gujr Guru Khmr Knda Laoo Mlym Sinh Taml Telu Thai'
    .split(' ')
    .map((script) => new RegExp(`^[\\p{scx=${script}}\\d-]+$`, 'u')),
];
/** No letters of a word: `ı`, `・`, `、`. */
const NEVER = /[ı]|[^\p{L}\p{M}\d-]/u;
/** Words of these letters look like Latin ones: https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md */
const LIKE_LATIN = /^(?:[асԁеһіјӏорԛѕԝхуъьҽпгѵѡ\d-]+|[αικνρυωηοτ\d-]+|[հոսցքօւոյզ\d-]+)$/;

function labelInLetters(label: string, hasLatinEnd: boolean): string {
  const letters = label.startsWith('xn--') ? punycodeDecoded(label.slice(4)) : null;
  if (letters === null || NEVER.test(letters) || !SCRIPTS.some((script) => script.test(letters))) return label;
  if (hasLatinEnd && LIKE_LATIN.test(letters)) return label;
  // As browsers write it: nothing else is that label.
  return URL.parse(`https://${letters}/`)?.host === label ? letters : label;
}

/** The text of a label (https://www.rfc-editor.org/rfc/rfc3492#section-6.2); null if it is none. */
function punycodeDecoded(label: string): string | null {
  const end = label.lastIndexOf('-');
  const letters = [...label.slice(0, Math.max(end, 0))];
  let [code, at, bias] = [128, 0, 72];
  for (let next = end + 1; next < label.length; ) {
    const before = at;
    for (let weight = 1, step = 36; ; step += 36) {
      const digit = Number.parseInt(label[next++] ?? '', 36);
      // In this order, letters are smaller than digits.
      const value = digit > 9 ? digit - 10 : digit + 26;
      if (!(value < 36)) return null;
      at += value * weight;
      const least = Math.min(Math.max(step - bias, 1), 26);
      if (value < least) break;
      weight *= 36 - least;
    }
    const count = letters.length + 1;
    bias = adapted(at - before, count, before === 0);
    code += Math.floor(at / count);
    at %= count;
    if (code > 0x10ffff) return null;
    letters.splice(at++, 0, String.fromCodePoint(code));
  }
  return letters.join('');
}

function adapted(change: number, count: number, isFirst: boolean): number {
  let delta = Math.floor(change / (isFirst ? 700 : 2));
  delta += Math.floor(delta / count);
  let bias = 0;
  for (; delta > 455; bias += 36) delta = Math.floor(delta / 35);
  return bias + Math.floor((36 * delta) / (delta + 38));
}
