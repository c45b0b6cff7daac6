/** What a program of the package says and starts otherwise than in the repository. */

/** How a command is called there, and where the operator's files lie. */
const WORDS: readonly [RegExp, string][] = [
  [/npm run (?:--silent )?planet -- /g, 'npx orrery '],
  [/npm run planet --/g, 'npx orrery'],
  [/npm run archive -- /g, 'npx orrery archive '],
  [/npm run (snapshot|site|build|preview|dev|ping)(?: --)?(?=[\s".,;`<])/g, 'npx orrery $1'],
  [/\bsrc\/content\/(?=archive|planet|pages|theme|public|avatars)/g, ''],
];

/**
 * The text of a compiled file as it stands in the package: programs that one of them starts end in `.js`, and sentences name
 * the commands that an operator has. Programs that `src` names are compiled by Vite, and keep their endings.
 */
export function inPackage(file: string, text: string): string {
  const said = WORDS.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  return file.startsWith('scripts/') ? said.replaceAll(/(['"])(\.{1,2}\/[\w./-]+)\.ts\1/g, '$1$2.js$1') : said;
}
