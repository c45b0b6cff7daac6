import { describe, expect, test } from 'vitest';
import { sanitiseEntry } from '../../scripts/snapshot/sanitised-entry.ts';
import { creditOf } from '../../src/core/credit.ts';
import { personsOf } from '../../src/core/persons.ts';
import { rows } from '../lib/case-table.ts';
import { feedOf } from '../lib/feed-of.ts';

/** What a feed's author says, and whom it names. */
const table: readonly (readonly [string, ...string[]])[] = [
  // a name and an address
  ['a@b.example (Ann)', 'Ann'],
  ['Ann <a@b.example>', 'Ann'],
  ['"Ann, B." <a@b.example>', 'Ann, B.'],
  ['“Ann Lee” a@b.example', 'Ann Lee'],
  ['Ann Lee a@b.example', 'Ann Lee'],
  ['a@b.example Ann Lee', 'Ann Lee'],
  ['a@b.example - Ann Lee', 'Ann Lee'],
  ['Ann Lee | a@b.example', 'Ann Lee'],
  ['Ann Lee [a@b.example]', 'Ann Lee'],
  ['mailto:a@b.example (Ann)', 'Ann'],
  ['mailto:a@b.example?subject=Hello'],
  ['E-mail: a@b.example'],
  ['noreply@blogger.example (Ann Lee)', 'Ann Lee'],
  ['noreply@blogger.example (Unknown)'],
  ['noreply@blogger.example (noreply@blogger.example)'],
  ['a@b.example ()'],
  ['a@b.example'],
  ['A.LEE+blog@MAIL.B.EXAMPLE'],
  ["o'neill@b.example"],
  ['jörg@müller.example (Jörg)', 'Jörg'],
  ['"ann lee"@b.example (Ann)', 'Ann'],
  ['ann@[192.0.2.1] (Ann)', 'Ann'],
  ['root@localhost'],
  ['jane@intranet'],
  ['M@tt Lee', 'M@tt Lee'],
  ['bob@localhost (Bob)', 'Bob'],
  ['ann%40b.example'],
  ['ann＠b.example'],
  ['ann@@b.example'],
  // several addresses
  ['a@x.example, b@y.example'],
  ['a@x.example; b@y.example'],
  ['a@x.example b@y.example'],
  ['a@x.example/b@y.example'],
  ['a@x.example,b@y.example,c@z.example'],
  ['a@x.example (Ann), b@y.example (Bob)', 'Ann', 'Bob'],
  ['Ann <a@x.example>, Bob <b@y.example>', 'Ann', 'Bob'],
  ['Ann <a@x.example> and Bob <b@y.example>', 'Ann', 'Bob'],
  ['Ann a@x.example Bob b@y.example', 'Ann', 'Bob'],
  ['a@x.example (Ann and Bob)', 'Ann', 'Bob'],
  ['a@x.example (Ann and Bob and )', 'Ann', 'Bob'],
  ['a@x.example (Ann), Bob', 'Ann', 'Bob'],
  ['Smith, John <j@x.example>, Lee, Ann <l@x.example>', 'Smith, John', 'Lee, Ann'],
  ['Ann (a@x.example, ann@y.example)', 'Ann'],
  ['Ann Lee (a@x.example), Example University', 'Ann Lee, Example University'],
  // addresses that hide
  ['ann at example dot org'],
  ['ann [at] example.org'],
  ['ann(at)example(dot)org (Ann)', 'Ann'],
  ['Ann {at} example {dot} org'],
  ['ann at example.org'],
  ['Ann (ann at example.org)', 'Ann'],
  ['ann at example.org (Ann Bee)', 'Ann Bee'],
  ['the team at example.org (Ann Bee)', 'the team at example.org (Ann Bee)'],
  ['ann dot lee at mail dot example dot org'],
  ['ann @ example.org'],
  ['ann@ example.org'],
  ['ann @ example . org'],
  ['the team at example.org', 'the team at example.org'],
  ['Ann at Mozilla', 'Ann at Mozilla'],
  ['Look at Dot', 'Look at Dot'],
  // lists
  ['Ann and Bob', 'Ann', 'Bob'],
  ['Ann, Bob, and Cid', 'Ann', 'Bob', 'Cid'],
  ['Ann, Bob and Cid', 'Ann', 'Bob', 'Cid'],
  ['Ann, Bob & Cid', 'Ann', 'Bob', 'Cid'],
  ['Ann A, Bob B, and Cid C', 'Ann A', 'Bob B', 'Cid C'],
  ['Ann, Bob, Cid', 'Ann', 'Bob', 'Cid'],
  ['Ann Lee, Bob Roe', 'Ann Lee', 'Bob Roe'],
  ['Ann Lee & Bob Roe', 'Ann Lee', 'Bob Roe'],
  ['Ann A / Bob B', 'Ann A', 'Bob B'],
  ['Ann Lee/Bob Roe', 'Ann Lee', 'Bob Roe'],
  ['Ann; Bob; Cid', 'Ann', 'Bob', 'Cid'],
  ['Smith, John; Lee, Ann', 'Smith, John', 'Lee, Ann'],
  ['Smith, John and Lee, Ann', 'Smith, John', 'Lee, Ann'],
  ['Ann Lee, PhD and Bob Roe, MD', 'Ann Lee, PhD', 'Bob Roe, MD'],
  ['Ann Lee, Ph. D. and Bob Roe, MD PhD', 'Ann Lee, Ph. D.', 'Bob Roe, MD PhD'],
  ['Ann und Bob', 'Ann', 'Bob'],
  ['Karl von und zu Berg und Ann', 'Karl von und zu Berg', 'Ann'],
  ['Karl vom und zum Stein', 'Karl vom und zum Stein'],
  ['Ann Lee et Bob Roe', 'Ann Lee', 'Bob Roe'],
  ['Анна и Борис', 'Анна', 'Борис'],
  ['Анна та Борис', 'Анна', 'Борис'],
  ['Ana, Bogdan și Ion', 'Ana', 'Bogdan', 'Ion'],
  ['Seán agus Máire', 'Seán', 'Máire'],
  ['An và Bình', 'An', 'Bình'],
  ['Siti dan Budi', 'Siti', 'Budi'],
  ['Μαρία και Νίκος', 'Μαρία', 'Νίκος'],
  ['გიორგი და ნინო', 'გიორგი', 'ნინო'],
  ['Արամ և Անի', 'Արամ', 'Անի'],
  ['राम और सीता', 'राम', 'सीता'],
  ['علی اور احمد', 'علی', 'احمد'],
  ['علي أحمد، سامي حسن', 'علي أحمد', 'سامي حسن'],
  ['สมชาย และ สมหญิง', 'สมชาย', 'สมหญิง'],
  ['አበበ እና ሰላም', 'አበበ', 'ሰላም'],
  ['王小明 和 李华', '王小明', '李华'],
  ['王小明；李华', '王小明', '李华'],
  ['Оксана Забужко і Сергій Жадан', 'Оксана Забужко', 'Сергій Жадан'],
  ['Siti, Budi dan Joko Widodo', 'Siti', 'Budi', 'Joko Widodo'],
  ['made agus wirawan', 'made agus wirawan'],
  ['Наука і життя', 'Наука і життя'],
  ['Міністерство освіти і Науки', 'Міністерство освіти і Науки'],
  ['विज्ञान और प्रौद्योगिकी मंत्रालय', 'विज्ञान और प्रौद्योगिकी मंत्रालय'],
  ['Bộ Giáo dục và Đào tạo', 'Bộ Giáo dục và Đào tạo'],
  ['جامعة الملك سعود، كلية العلوم', 'جامعة الملك سعود، كلية العلوم'],
  ['Smith,John', 'Smith, John'],
  ['Roe, and Partners', 'Roe and Partners'],
  ['Fundația, și Institutul', 'Fundația, și Institutul'],
  ['山田太郎、鈴木一郎', '山田太郎', '鈴木一郎'],
  ['Ann, ANN, ann', 'Ann'],
  ['김철수, 이영희', '김철수', '이영희'],
  ['@ann@social.example, @bob@social.example', '@ann@social.example', '@bob@social.example'],
  ['https://a.example/u/ann, https://a.example/u/bob', 'ann', 'bob'],
  ['Ann;; Bob;', 'Ann', 'Bob'],
  ['Ludwig van Rossum and Ann de la Cruz', 'Ludwig van Rossum', 'Ann de la Cruz'],
  ['alice and bob', 'alice', 'bob'],
  // one person, or one body
  ['Smith, John', 'Smith, John'],
  ['Smith, J. R.', 'Smith, J. R.'],
  ['García Márquez, Gabriel', 'García Márquez, Gabriel'],
  ['Dr. Ann Smith, PhD', 'Dr. Ann Smith, PhD'],
  ['Ann Smith, M.D., Ph.D.', 'Ann Smith, M.D., Ph.D.'],
  ['John Smith, Jr.', 'John Smith, Jr.'],
  ['Ann Smith, FRCS', 'Ann Smith, FRCS'],
  ['Ann Smith, Example University', 'Ann Smith, Example University'],
  ['Ann Smith, Staff Writer', 'Ann Smith, Staff Writer'],
  ['Müller & Söhne', 'Müller & Söhne'],
  ['Müller und Söhne', 'Müller und Söhne'],
  ['Universität für Musik und darstellende Kunst', 'Universität für Musik und darstellende Kunst'],
  ['Lee & Roe', 'Lee & Roe'],
  ['Ann, Bob & Co (Ltd)', 'Ann, Bob & Co (Ltd)'],
  ['Department of Health and Human Services', 'Department of Health and Human Services'],
  ['Ann and the Example Team', 'Ann and the Example Team'],
  ['José Ortega y Gasset', 'José Ortega y Gasset'],
  ['Smith et al.', 'Smith et al.'],
  ['Ann, who lives in Oslo, writes about bees', 'Ann, who lives in Oslo, writes about bees'],
  ['Ada (she/her)', 'Ada (she/her)'],
  ['AC/DC', 'AC/DC'],
  ['Ann Lee (Red Hat/Open Shift)', 'Ann Lee (Red Hat/Open Shift)'],
  ['Example University/Bob Lee', 'Example University/Bob Lee'],
  ['/u/bob', '/u/bob'],
  ["Seán O'Brien", "Seán O'Brien"],
  ['J. R. R.', 'J. R. R.'],
  // handles and pages
  ['@alice@social.example', '@alice@social.example'],
  ['@alice', '@alice'],
  ['acct:alice@social.example', '@alice@social.example'],
  ['Alice (@alice@social.example)', 'Alice (@alice@social.example)'],
  ['https://lemmy.example/u/bob', 'bob'],
  ['https://lemmy.example/u/bob@other.example', 'bob'],
  ['https://social.example/@bob@other.example', '@bob'],
  ['https://www.ann.example/', 'ann.example'],
  ['https://ann@mail.example/', 'mail.example'],
  ['Ann @ann.example', 'Ann @ann.example'],
  ['https://ann.example/about.html', 'ann.example'],
  ['Ann https://ann.example/', 'Ann'],
  ['Ann (https://ann.example/me)', 'Ann'],
  // words before a name
  ['by Ann', 'Ann'],
  ['by Ann Lee and Bob Roe', 'Ann Lee', 'Bob Roe'],
  ['By: Ann Lee and Bob Roe', 'Ann Lee', 'Bob Roe'],
  ['Posted by Ann', 'Ann'],
  ['Auteure : Anne', 'Anne'],
  ['Автор: Анна', 'Анна'],
  ['作者：王小明', '王小明'],
  ['Byron Lee', 'Byron Lee'],
  // nobody
  ['admin'],
  ['Administrator'],
  ['unknown'],
  ['N/A'],
  ['(no author)'],
  ['null'],
  ['[deleted]'],
  ['{{ author }}'],
  ['{{ page.author }}'],
  ['%author%'],
  ['\x24{post.author}'],
  ['<%= author %>'],
  ['100% Ann', '100% Ann'],
  ['-'],
  ['…'],
  [''],
  ['   '],
];

describe('an author’s words name', () => {
  test.for(table)('%s', ([written, ...names]) => {
    const found = personsOf(written).flatMap(({ name }) => (name === '' ? [] : [name]));
    expect(found).toEqual(names);
    // A name that came out comes out again: what is stored is not taken apart later.
    for (const name of names) expect(personsOf(name).map((person) => person.name)).toEqual([name]);
  });

  test('no name holds an address, however names and addresses are mixed', () => {
    const names = ['Ann', 'Ann Lee', '"Lee, Ann"', '', '(Ann)', 'Dr. Lee, PhD'];
    const plain = ['a@x.example', '<a@x.example>', '(a@x.example)', 'mailto:a@x.example'];
    const addresses = [...plain, 'a [at] x.example', 'a at x dot example'];
    const marks = [' ', ', ', '; ', ' and ', ' / ', ' - ', ' & ', ' | '];
    const pairs = names.flatMap((name) => addresses.map((address) => [name, address]));
    const all = pairs.flatMap((pair) =>
      pair.flatMap((other) => [
        [...pair, other],
        [...pair.toReversed(), other],
      ]),
    );
    for (const text of all.flatMap((each) => marks.map((mark) => each.join(mark)))) {
      const left = personsOf(text).map((person) => person.name);
      expect(left.join('\n'), text).not.toMatch(/@|x\.example|\[at\]| dot |mailto/);
    }
  });

  test('a name is no book', () => {
    const [person] = personsOf(`Ann ${'very '.repeat(100)}long`);
    expect(person?.name.length).toBeLessThanOrEqual(100);
    expect(person?.name).toMatch(/^Ann very .*…$/);
    expect(personsOf(`Ann${'x'.repeat(95)} Lee`)).toEqual([{ name: `Ann${'x'.repeat(95)}…` }]);
    expect(personsOf('x'.repeat(20_000))).toEqual([]);
    const many = personsOf(Array.from({ length: 400 }, (_, at) => `Ann${at} Lee`).join(', '));
    expect(many.length).toBeLessThan(120);
  });
});

const ns = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';
const rss = (item: string, around = '') =>
  `<rss version="2.0" ${ns}><channel><title>Bread and Butter</title>${around}<item><title>T</title>${item}</item></channel></rss>`;

/** Whom the archive would name, from a feed of one entry. */
function keptFrom(feed: string): unknown[] {
  return feedOf(feed).entries.flatMap((entry) => sanitiseEntry(entry).authors);
}

describe('an entry names', () => {
  const editor = '<managingEditor>ed@f.example (Ed Lee)</managingEditor>';
  test.for(rows`
    who is named beside an address | <author>ed@f.example</author><itunes:author>Ann Lee</itunes:author> | Ann Lee
    who is named as creator | <author>ed@f.example</author><dc:creator>Ann Lee</dc:creator> | Ann Lee
    whom the feed has for that address | <author>ED@f.example</author> | Ed Lee | ${editor}
    whom the feed says to write to at that address | <author>ann@f.example</author> | Ann Lee | <itunes:owner><itunes:name>Ann Lee</itunes:name><itunes:email>ann@f.example</itunes:email></itunes:owner>
    nobody whom the feed only says to write to | ${''} | ${''} | <itunes:owner><itunes:name>Ann Lee</itunes:name><itunes:email>ann@f.example</itunes:email></itunes:owner>
    nobody for another address | <dc:creator>ann@f.example</dc:creator> | ${''} | ${editor}
    nobody where it says N/A, whoever edits the feed | <dc:creator>N/A</dc:creator> | ${''} | ${editor}
    the editor where it says nothing | <dc:creator></dc:creator> | Ed Lee | ${editor}
    each once | <dc:creator>Ann Lee</dc:creator><dc:creator>ANN  LEE</dc:creator><author>a@f.example (Ann Lee)</author> | Ann Lee
    several in one element | <dc:creator>Ann, Bob, and Cid</dc:creator> | Ann & Bob & Cid
    the feed, where it is named by its title | <dc:creator>Bread and Butter</dc:creator> | Bread and Butter
    whom markup names | <dc:creator>&lt;a href="mailto:a@f.example"&gt;Ann&lt;/a&gt;, &lt;b&gt;Bob&lt;/b&gt; &amp;amp; Cid</dc:creator> | Ann & Bob & Cid
    whom an escaped bracket hides | <author>Ann &amp;lt;a@f.example&amp;gt;</author> | Ann
    without what turns text round, and with the marks that right-to-left names need | ${'<dc:creator>\u202eAnn\u200f Lee</dc:creator>'} | ${'Ann\u200f Lee'}
  `)('%s', ([, item, names, around = '']) => {
    expect(keptFrom(rss(item, around))).toEqual(names === '' ? [] : names.split(' & ').map((name) => ({ name })));
  });

  test.for(rows`
    <name>https://lemmy.example/u/bob</name> | bob | https://lemmy.example/u/bob
    <name>Ann</name><uri>ann.example</uri><email>a@f.example</email> | Ann | https://ann.example/
    <name>Ann</name><uri>a@f.example</uri> | Ann
    <name>https://ann@us.example/</name> | us.example | https://us.example/
    <name>Ann Lee, Bob Roe</name><uri>https://us.example/</uri> | Ann Lee & Bob Roe
    <name>a@f.example</name><uri>mailto:a@f.example</uri> | ${''}
    <email>Ann &lt;a@f.example&gt;</email> | Ann
  `)('in Atom, %s names %s with the page %s', ([author, names, url]) => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id><title>T</title><author>${author}</author></entry></feed>`;
    const all = names === '' ? [] : names.split(' & ').map((name) => ({ name, ...(url && { url }) }));
    expect(keptFrom(feed)).toEqual(all);
  });

  test.for([
    ['authors', [{ name: 'Ann' }, { name: 'Bob' }], ['Ann', 'Bob']],
    ['authors', { name: 'Ann' }, ['Ann']],
    ['authors', ['Ann', 'Bob'], ['Ann', 'Bob']],
    ['authors', 'Ann and Bob', ['Ann', 'Bob']],
    ['author', { name: 'Ann' }, ['Ann']],
    ['author', 'Ann', ['Ann']],
    ['author', { name: 'a@f.example (Ann)', email: 'a@f.example' }, ['Ann']],
    ['author', { name: 'a@f.example' }, []],
    ['authors', [{ name: 'Ann' }, { name: 'ann' }, null, { name: '' }], ['Ann']],
    ['authors', [], []],
  ] as const)('in JSON, %s: %j', ([field, value, names]) => {
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'F', items: [{ id: '1', [field]: value }] };
    expect(keptFrom(JSON.stringify(feed))).toEqual(names.map((name) => ({ name })));
  });
});

describe('entries of an archive of the first version', () => {
  const MANY = 'ABCDEFGHIJKLMN'.split('').map((letter) => `${letter}. Lovelace`);
  const byRule = (authors: 'entry' | 'title', title: string, ...names: string[]) =>
    creditOf({ title, authors: names.map((name) => ({ name })) }, { authors, title: 'Planet' });

  test.for([
    [', two@f.example, three@f.example', []],
    ['One), two@f.example (Two', ['One', 'Two']],
    ['Ann ann@f.example', ['Ann']],
    ['@alice@social.example', ['@alice@social.example']],
    // It was published as one: a name without an address stays what it is.
    ['Ann, Bob, and Cid', ['Ann, Bob, and Cid']],
    ['admin', ['admin']],
  ] as const)('%j is shown as %j', ([stored, names]) => {
    expect(byRule('entry', 'T', stored).authors).toEqual(names.map((name) => ({ name })));
    expect(byRule('title', 'T', stored).authors).toEqual(names.map((name) => ({ name })));
  });

  test.for([
    ['Ann Lee: Bees', ['Ann Lee'], 'Bees'],
    ['Maurits van Rees: Jakob Kahl: Flying', ['Maurits van Rees'], 'Jakob Kahl: Flying'],
    ['Müller : spaced', ['Müller'], 'spaced'],
    ['No colon at all', ['Ed'], 'No colon at all'],
    [': an empty side', ['Ed'], ': an empty side'],
    ['An empty side:', ['Ed'], 'An empty side:'],
    ['Ratio 16:9 explained', ['Ed'], 'Ratio 16:9 explained'],
    ['https://example.org/: what it was', ['Ed'], 'https://example.org/: what it was'],
    ['', ['Ed'], ''],
    ['Test and Code: Bees', ['Test and Code'], 'Bees'],
    ['a@f.example (Ann): Bees', ['Ann'], 'Bees'],
    ['a@f.example: Bees', ['Ed'], 'Bees'],
    ['12: 30 minutes', ['Ed'], '12: 30 minutes'],
    ['https: the end of http', ['Ed'], 'https: the end of http'],
    ['Re: Bees', ['Ed'], 'Re: Bees'],
    ['N/A: Bees', ['Ed'], 'N/A: Bees'],
    [`${'On and on '.repeat(20)}: Bees`, ['Ed'], `${'On and on '.repeat(20)}: Bees`],
  ] as const)('by title, %j', ([title, names, rest]) => {
    expect(byRule('title', title, 'Ed')).toEqual({ title: rest, authors: names.map((name) => ({ name })) });
  });

  // The first ones as our own RSS has them, in the language of its planet.
  test.for([
    ['Ada Lee and Bo Ek: We two', ['Ada Lee', 'Bo Ek'], 'We two'],
    ['Ada, Bo Ek und Cy: Wir drei', ['Ada', 'Bo Ek', 'Cy'], 'Wir drei'],
    ['Ada、Bo: 二人', ['Ada', 'Bo'], '二人'],
    [`${MANY.join(', ')}: Many`, MANY, 'Many'],
    ['Clocks: a diary: Bees', ['Clocks: a diary'], 'Bees'],
    ['Ada and Bo', ['Ada', 'Bo'], 'Ada and Bo'],
    ['Bread and Butter: Bees', ['Ed', 'Flo'], 'Bees', ['Bread and Butter']],
    ['Ada and Bo and Cy: Bees', ['Ada', 'Bo'], 'Bees', ['Ada and Bo and Cy']],
    ['Ada was taught by Bo: Bees', ['Ada', 'Bo'], 'Bees', ['Ada was taught by Bo']],
  ] as const)('by title, %j of an entry by %j', ([title, names, rest, found = names]) => {
    expect(byRule('title', title, ...names)).toEqual({ title: rest, authors: found.map((name) => ({ name })) });
  });
});
