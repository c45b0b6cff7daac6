import { expect, test } from 'vitest';
import { ComparedText, significantWords } from '../../src/core/text-likeness.ts';

const post = 'The kettle of the station master sang every morning before the first train came over the hill';

test.each<[string, string, string, boolean]>([
  ['a beginning that is cut inside a word, before another', 'The kettle of the sta tion', post, false],
  ['short and equal', 'Thank you!', 'thank you', true],
  ['short and a little longer', 'Thank you', 'Thank you all', false],
  ['short, with another word', 'Thank you', 'Thank them', false],
  ['short, with another form of &', 'Tom & Jo', 'Tom &amp; Jo', true],
  ['accents, composed or not', 'Cafe\u0301 au lait', 'Café au lait', true],
  ['with other apostrophes', 'Комп’ютер і м’яч', "Компʼютер і м'яч", true],
  ['a beginning with another word at its end', 'The kettle of the station keeper', post, false],
  ['two words again and again', 'tick tock '.repeat(10), `${post} tick tock tick`, false],
  ['words that a picture does not have', '<img src="https://a.example/1.png" alt="">', post, false],
  ['Japanese without spaces, edited', '駅長のやかんは毎朝歌っていました', '駅長のやかんは毎朝歌っていました。', true],
  ['Japanese without spaces, another', '駅長のやかんは毎朝歌っていました', '港の事務所に六分儀が置き忘れられた', false],
])('texts are compared by their words: %s', (_name, a, b, alike) => {
  expect(new ComparedText(significantWords(a)).isAlike(significantWords(b))).toBe(alike);
  expect(new ComparedText(significantWords(b)).isAlike(significantWords(a))).toBe(alike);
});

test('a text without words contradicts nothing', () => {
  const compared = new ComparedText(significantWords(post));
  expect(compared.contradicts(significantWords('<img src="https://a.example/1.png">'))).toBe(false);
  expect(new ComparedText([]).contradicts(significantWords(post))).toBe(false);
  expect(compared.contradicts(significantWords('Something else'))).toBe(true);
});

test('a text is compared with a limited number of words, however many texts are nearly alike', () => {
  const text = (name: string) => Array.from({ length: 2_000 }, (_, at) => (at < 1_300 ? `word${at}` : name + at));
  const compared = new ComparedText(text('a'));
  expect(compared.isAlike(text('a'))).toBe(true);
  let comparisons = 0;
  for (; !compared.isExhausted; comparisons++) expect(compared.isAlike(text('b'))).toBe(false);
  expect(comparisons).toBeLessThan(500);
  expect(compared.isAlike(text('a'))).toBe(false);
});
