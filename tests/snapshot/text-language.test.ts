import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { languageOfBody, languageOfText } from '../../scripts/snapshot/text-language.ts';
import { fallbacksOf } from '../../src/i18n/locale.ts';

/** Ten lines of some twenty words in each of thirty languages. */
const lines = (await readFile('tests/fixtures/languages.txt', 'utf8'))
  .split(/^# /m)
  .slice(1)
  .map((part) => part.trim().split('\n'))
  .map(([language = '', ...texts]) => ({ language, texts }));

const wordsIn = (text: string) => text.split(/\s+/).length;

/** From each line on, as many as make a text that is long enough. */
const texts = lines.flatMap(({ language, texts }) =>
  texts.map((_, from) => {
    let text = '';
    for (let at = from; wordsIn(text) < 65 && at < from + texts.length; at++) text += `${texts[at % texts.length]} `;
    return { language, text };
  }),
);

test('the language of nearly all of 300 texts in 30 languages is found, and none is wrong', async () => {
  expect(texts).toHaveLength(300);
  const told: { language: string; found: string }[] = [];
  for (const { language, text } of texts) {
    const found = await languageOfText(text);
    if (found !== null) told.push({ language, found: found.language });
  }
  const wrong = told.filter(({ language, found }) => !fallbacksOf(language).includes(found));
  expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.02 * told.length);
  // Indonesian and Hindi are not told from Malay and Marathi.
  const untold = lines
    .map(({ language }) => language)
    .filter((each) => !told.some(({ language }) => language === each));
  expect(untold).toEqual(['id', 'hi']);
  expect(told.length).toBeGreaterThan(0.9 * 280);
});

test('fewer than 60 words of Latin script are never enough', async () => {
  const latin = texts.filter(({ text }) => /^\p{Script=Latin}/u.test(text));
  expect(latin.length).toBeGreaterThan(180);
  for (const { text } of latin)
    expect.soft(await languageOfText(text.split(/\s+/).slice(0, 58).join(' ')), text).toBeNull();
});

test('a script of one language tells it by a sentence, and not by a word', async () => {
  expect(await languageOfText('Το νέο ρολόι του χωριού μας, on GitHub')).toEqual({ language: 'el', by: 'script' });
  expect(await languageOfText('東京タワーの時計を直しました。とても古い時計です。')).toEqual({
    language: 'ja',
    by: 'script',
  });
  expect(await languageOfText('我们修好了村里的旧钟，现在它又走得很准了，大家都高兴。')).toEqual({
    language: 'zh',
    by: 'script',
  });
  const inOneScript = {
    he: 'הספר הזה הוא ספר טוב מאוד ואני אוהב אותו, ודי לי בו',
    yi: 'ייִדיש איז אַ שפּראַך װאָס מען רעדט אין דער גאַנצער װעלט, און איך האָב זי ליב',
    my: 'မြန်မာစာသည် မြန်မာနိုင်ငံ၏ ရုံးသုံးဘာသာစကား ဖြစ်သည်။',
    bo: 'བོད་ཡིག་ནི་བོད་ཀྱི་སྐད་ཡིག་ཡིན། དེ་རིང་ང་ཚོས་གཞི་གྲངས་མཛོད་སྐོར་བཤད་རྒྱུ་ཡིན།',
    dv: 'ދިވެހި ބަހަކީ ދިވެހިރާއްޖޭގެ ރަސްމީ ބަހެވެ',
  };
  for (const [language, text] of Object.entries(inOneScript))
    expect.soft(await languageOfText(text), text).toEqual({ language, by: 'script' });
  expect(await languageOfText('The word λόγος has many meanings in every old text')).toBeNull();
  expect(await languageOfText('λόγος')).toBeNull();
  expect(await languageOfText('')).toBeNull();
});

test('no language is found for unknown languages, code and lists of names', async () => {
  const strange = [
    // Galician, Macedonian, Welsh, Afrikaans, Faroese
    'Onte cocín o meu primeiro pan con masa nai propia e, aínda que saíu bastante plano, toda a casa cheirou moi ben durante horas. Perdemos o tren da noite porque alguén cambiara a plataforma sen avisar a ninguén, así que durmimos nun banco da estación e logo rimos moito. A nova versión corrixe un erro que detiña o programa cando un ficheiro non tiña nome; actualízaa antes de abrir proxectos vellos.',
    'Вчера го испеков мојот прв леб со сопствен квас, и иако излезе доста рамен, целата куќа убаво мирисаше со часови. Го испуштивме ноќниот воз затоа што некој го сменил перонот без да каже никому, па спиевме на клупа на станицата и потоа се смеевме. Новата верзија поправа грешка поради која програмата запираше секогаш кога некоја датотека немаше име; ажурирајте ја пред да отворите стари проекти. Напролет градината се буди полека.',
    'Ddoe pobais fy nhorth gyntaf gyda fy surdoes fy hun, ac er iddi ddod allan braidd yn fflat, roedd y tŷ i gyd yn arogli’n hyfryd am oriau. Collon ni’r trên nos oherwydd bod rhywun wedi newid y platfform heb ddweud wrth neb, felly cysgon ni ar fainc yn yr orsaf a chwerthin am y peth wedyn. Mae’r fersiwn newydd yn trwsio gwall a oedd yn atal y rhaglen pan nad oedd enw gan ffeil.',
    'Alle menslike wesens word vry, met gelyke waardigheid en regte, gebore. Hulle het rede en gewete en behoort in die gees van broederskap teenoor mekaar op te tree. Gister het ek my eerste brood gebak, en hoewel dit taamlik plat was, het die hele huis lekker geruik. Ons het die nagtrein gemis omdat iemand die platform verander het sonder om vir enigiemand te sê.',
    'Øll menniskju eru fødd fræls og jøvn til virðingar og mannarættindi. Tey hava skil og samvitsku og eiga at fara hvørt um annað í bróðuranda. '.repeat(
      3,
    ),
    'Ada Lovelace, Grace Hopper, Alan Turing, Edsger Dijkstra, Donald Knuth, Barbara Liskov, John McCarthy, Niklaus Wirth, Tony Hoare, Margaret Hamilton, Ken Thompson, Dennis Ritchie, Bjarne Stroustrup, Guido van Rossum, Larry Wall, Yukihiro Matsumoto, Brendan Eich, Anders Hejlsberg, James Gosling, Rich Hickey, Simon Peyton Jones, Philip Wadler, Robin Milner, Leslie Lamport, Jim Gray, Edgar Codd, Michael Stonebraker, Vint Cerf, Bob Kahn, Jon Postel, Radia Perlman',
  ];
  for (const text of strange) expect.soft(await languageOfText(text), text).toBeNull();
  const spanish = texts.find(({ language }) => language === 'es')?.text ?? '';
  const english = texts.find(({ language }) => language === 'en')?.text ?? '';
  const withCode = `<p>${spanish}</p><pre><code>${english.repeat(3)}</code></pre>`;
  expect(await languageOfBody(withCode)).toEqual({ language: 'es', by: 'words' });
  expect(await languageOfBody(`<pre><code>${english}</code></pre>`)).toBeNull();
});
