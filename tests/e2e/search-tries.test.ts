import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedBrowser } from '../lib/browser.ts';
import { ask, siteOf } from '../lib/search-ask.ts';

/** Posts of two months, `text` or `title: text`: the newest is a bundle of its own. */
const NEW = {
  strasse: 'Eine Straße in Łódź, mit smørrebrød',
  quoted: 'They call it “clockwork” and more',
  clock: 'The clock: Seven clocks tick',
  cpp: 'Templates of C++ compile slowly',
  csharp: 'Records came to C# late, and F# had them',
  c: 'Only C is spoken here',
  net: 'A site that runs ASP.NET for years, not .NET alone',
  node: 'Streams in Node.js, with @astrojs/rss and 3.14',
  task: 'Use asyncio.create_task() or read_csv from user@host',
  hyphen: 'A time-lapse sent by email',
  camel: 'Our camelCase and v2.0.1 went out',
  chinese: '我们今天讨论数据库的索引和查询优化。',
  japanese: '昨日は東京タワーまで歩いた。',
  thai: 'วันนี้เราจะพูดถึงฐานข้อมูลและดัชนี',
  office: 'คนไปทำงานตอนเช้า',
  lao: 'ຂ້ອຍອ່ານໜັງສືຢູ່ເຮືອນ',
  khmer: 'ខ្ញុំសរសេរអំពីពេលវេលានិងការងារ',
  arabic: 'قرأت الكتاب في المكتبة',
  french: 'Un arbre pousse dans le jardin',
  elided: 'On parle de l’arbre et d’histoire',
  russian: 'Ёлка стоит в комнате',
  turkish: 'Isı ve sıcaklık aynı şey değil',
  korean: '데이터베이스 색인을 설명합니다',
  hindi: 'हिन्दी में समय',
  hebrew: 'דובר צה״ל הגיב, וגם ארה״ב',
  particle: 'AI는 10,000개의 글을 읽었다',
  catalan: 'La nova col·lecció, feta a l’ONU i als U.S.A.',
  name: '昨日スティーブ・ジョブズの本を読んだ',
  pusher: 'Sundial ___PAGEFIND_WEIGHT___10 sundial sundial and so on',
  sundial: 'Sundial: The sundial stands',
  news: 'The newer one is newest',
};
const OLD = {
  happy: 'A happy destination for wanderers',
  older: 'Sundial: The sundial stands',
  clocks: 'Another clock was here',
};

const browser = await sharedBrowser();
let site: Awaited<ReturnType<typeof siteOf>>;
let page: Page;

beforeAll(async () => {
  site = await siteOf({ '2026-01-05': NEW, '2024-03-07': OLD });
  page = await browser.newPage();
  // A second start of the program that is late broke both, when it was one.
  await page.route('**/pagefind-entry.json*', async (route) => {
    if (route.request().url().includes('2026-01')) await new Promise((late) => setTimeout(late, 400));
    await route.continue();
  });
  await page.goto(`${site.url}search/`);
});
afterAll(async () => {
  await page.close();
  await site[Symbol.asyncDispose]();
});

test.for([
  ['strasse', 'strasse'],
  ['Straße', 'strasse'],
  ['timelapse', 'hyphen'],
  ['e-mail', 'hyphen'],
  ['"e-mail"', ''],
  ['smorrebrod', 'strasse'],
  ['Lodz', 'strasse'],
  ['clock', 'clock clocks quoted'],
  ['clocks', 'clock clocks'],
  ["clock's", 'clock clocks'],
  ['clockwork', 'quoted'],
  ['seven clocks', 'clock'],
  ['"seven clocks"', 'clock'],
  ['"clocks seven"', ''],
  ['asdfghjkl', ''],
  ['asdfghjkl clock', ''],
  ['kubernetes', ''],
  ['C++', 'cpp'],
  ['C#', 'csharp'],
  ['F#', 'csharp'],
  ['C', 'c'],
  ['ASP.NET', 'net'],
  ['.NET', 'net'],
  ['node.js', 'node'],
  ['@astrojs/rss', 'node'],
  ['3.14', 'node'],
  ['asyncio.create_task()', 'task'],
  ['create_task', 'task'],
  ['read_csv', 'task'],
  ['user@host', 'task'],
  ['camelCase', 'camel'],
  ['v2.0.1', 'camel'],
  ['数据库', 'chinese'],
  ['据数', ''],
  ['東京タワー', 'japanese'],
  ['ฐานข้อมูล', 'thai'],
  ['ทำงาน', 'office'],
  ['ໜັງສື', 'lao'],
  ['ពេលវេលា', 'khmer'],
  ['كتاب', 'arabic'],
  ['arbre', 'french elided'],
  ['l’arbre', 'elided french'],
  ["l'arbre d'Histoire", 'elided'],
  ['елка', 'russian'],
  ['ел', ''],
  ['елк', 'russian'],
  ['ısı', 'turkish'],
  ['ISI', 'turkish'],
  ['sicaklik', 'turkish'],
  ['데이터베이스', 'korean'],
  ['데', 'korean'],
  ['हिंदी', 'hindi'],
  ['צה"ל ארה"ב', 'hebrew'],
  ['צהל', 'hebrew'],
  ['AI', 'particle'],
  ['10000', 'particle'],
  ['collecció', 'catalan'],
  ['"col·lecció"', 'catalan'],
  ["d'ONU", 'catalan'],
  ['usa', 'catalan'],
  ['スティーブジョブズ', 'name'],
  ['happy', 'happy'],
  ['destinatio', 'happy'],
  ['sundial', 'sundial older pusher'],
  ['news', ''],
])('%s finds %s', async ([question = '', names]) => expect(await ask(page, question)).toBe(names));

test('a similar word is a suggestion, not a hit', async () => {
  expect(await ask(page, 'clokc')).toBe('');
  await page.getByRole('button', { name: 'clock', exact: true }).click();
  await page.locator('.search [role=status]', { hasText: '3 entries for “clock”' }).waitFor();
});

test.for([
  ['हिन्दि', 'हिन्दी'],
  ['데이터베이즈', '데이터베이스'],
])('%s is answered with the suggestion %s, as it is written', async ([question = '', near = '']) => {
  expect(await ask(page, question)).toBe('');
  await page.getByRole('button', { name: near, exact: true }).click();
  await page.locator('.results a').waitFor();
});

test('a search that fails once tries again by itself; then it says what failed', async () => {
  let failures = 1;
  await page.route('**/*.pf_index', (route) => (failures-- > 0 ? route.abort('connectionreset') : route.continue()));
  expect(await ask(page, 'wanderers')).toBe('happy');
  failures = 100;
  await page.goto(`${site.url}search/?q=wanderers`);
  await page.locator('.failed .why', { hasText: 'pf_index' }).waitFor();
  await page.unroute('**/*.pf_index');
});

test.for(['clock', 'CLOCKS seven'])(
  'the words of %s are no suggestion where only a filter leaves no hit',
  async (question) => {
    await page.goto(`${site.url}search/?${new URLSearchParams({ q: question, author: 'Nobody' })}`);
    // The counts come after a suggestion.
    await page.locator('[data-facet="author"] li').nth(1).waitFor({ state: 'attached' });
    await page.locator('.search [role=status]', { hasText: `No entry for “${question}”` }).waitFor();
    expect(await page.locator('.near').isVisible()).toBe(false);
  },
);

describe('the index', () => {
  const bundle = (name: string) => join(site.dist, 'pagefind', name);

  test('tells what pages can be filtered by', async () => {
    const facts = JSON.parse(await readFile(join(bundle('2024-03'), 'facts.json'), 'utf8'));
    expect(facts.values).toEqual(expect.arrayContaining([['year', '2024']]));
    expect(Object.keys(facts.pages)).toHaveLength(3);
  });

  test('the index finds the same in a planet whose pages are marked as Japanese', async () => {
    const posts = { japanese: NEW.japanese, clock: NEW.clock };
    await using other = await siteOf({ '2026-01-05': posts }, { language: 'ja' });
    await page.goto(`${other.url}search/`);
    expect(await ask(page, 'タワー')).toBe('japanese');
    expect(await ask(page, 'clock')).toBe('clock');
  });
});
