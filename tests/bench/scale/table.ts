import type { Measured, Peer } from './one-size.ts';

/** What was measured, a column a size. */
export function tableOf(sizes: readonly Measured[]): string {
  const took = ({ cpu, peak }: Cost) => `${seconds(cpu)} ${peak.toFixed(0)} MB`;
  const weight = ({ files, bytes }: { files: number; bytes: number }) => `${files} files ${mega(bytes)}`;
  const rows: [string, (of: Measured) => string][] = [
    ['archive', ({ archive }) => weight(archive)],
    ['snapshot, nothing new', ({ idleSnapshot }) => took(idleSnapshot)],
    ['snapshot, 20 new', ({ hour }) => took(hour.snapshot)],
    ['full build', ({ full }) => took(full.all)],
    ['  its pages', ({ full }) => seconds(full.pages.cpu)],
    ['  its search index', ({ full }) => seconds(full.search.cpu)],
    ['  on the wall, of its processor time', ({ full }) => ratio(full.all.wall / full.all.cpu)],
    ['build, nothing new', ({ idle }) => took(idle.all)],
    ['hourly build, 20 new', ({ hour }) => took(hour.site.all)],
    ['  its pages', ({ hour }) => seconds(hour.site.pages.cpu)],
    ['  its search index', ({ hour }) => seconds(hour.site.search.cpu)],
    ['hour: snapshot and build', ({ hour }) => took(hour)],
    ['  of the full build', ({ hour, full }) => ratio(hour.cpu / full.all.cpu)],
    ['Eleventy, same pages', ({ eleventy }) => (eleventy ? took(eleventy.took) : '–')],
    ['  ours: full, pages', ({ full, eleventy }) => against(full.pages, eleventy)],
    ['  ours: full, with search', ({ full, eleventy }) => against(full.all, eleventy)],
    ['  ours: hour, everything', ({ hour, eleventy }) => against(hour, eleventy)],
    ['site', ({ site }) => weight(site)],
    ['  for each entry', ({ site, entries }) => kilo(site.bytes / entries)],
    ['  compared with Eleventy', ({ comparable }) => weight(comparable)],
    ['  Eleventy wrote', ({ eleventy }) => (eleventy ? weight(eleventy.wrote) : '–')],
    ['  search index', ({ index }) => weight(index)],
    ['first results of a search', ({ wire }) => kilo(wire.firstResults)],
    ['  ten of them, and counts', ({ wire }) => kilo(wire.wholeAnswer)],
    ...Object.keys(sizes[0]?.wire.visits ?? {}).map((kind): [string, (of: Measured) => string] => [
      `first view: ${kind}`,
      ({ wire }) => `${kilo(wire.visits[kind]?.page ?? 0)} + ${kilo(wire.visits[kind]?.beside ?? 0)}`,
    ]),
  ];
  const header = ['', ...sizes.map(({ entries }) => `${entries.toLocaleString('en')} entries`)];
  const lines = [header, ...rows.map(([name, tell]) => [name, ...sizes.map(tell)])];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

interface Cost {
  cpu: number;
  peak: number;
}

export function seconds(cpu: number): string {
  return `${cpu.toFixed(1)} s`;
}

function against({ cpu }: Pick<Cost, 'cpu'>, peer: Peer | null): string {
  return peer ? ratio(cpu / peer.took.cpu) : '–';
}

export function ratio(value: number): string {
  return `× ${value.toFixed(2)}`;
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function kilo(bytes: number): string {
  return `${(bytes / 1e3).toFixed(1)} KB`;
}
