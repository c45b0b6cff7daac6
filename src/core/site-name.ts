// biome-ignore lint/style/noRestrictedImports: no other function of the platform decodes a host, and no script for browsers has this file.
import { domainToUnicode } from 'node:url';
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
  const letters = label.startsWith('xn--') ? domainToUnicode(label) : '';
  if (NEVER.test(letters) || !SCRIPTS.some((script) => script.test(letters))) return label;
  if (hasLatinEnd && LIKE_LATIN.test(letters)) return label;
  // As browsers write it: nothing else is that label.
  return URL.parse(`https://${letters}/`)?.host === label ? letters : label;
}
