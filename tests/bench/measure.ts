import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a command took, with all the processes that it started. */
export interface Took {
  /** Seconds of processor time, user and system. */
  cpu: number;
  /** Seconds on the wall. */
  wall: number;
  /** The most memory at one moment, of all its processes together, in MB. */
  peak: number;
  /** Of `cpu`, what it had taken when it printed the line given as `mark`. */
  untilMark: number;
  stdout: string;
}

/** How the kernel counts time in /proc. */
const TICKS = 100;
const PAGE = 4096;
const SAMPLE_EVERY = 50;

/** Runs a command to its end. Only one at a time: what this process's children took is what the command took. */
export async function measure(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  { cwd = '.', mark = '' } = {},
): Promise<Took> {
  const before = childrenTime();
  const began = performance.now();
  const { NODE_ENV: _mode, ...surroundings } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...surroundings, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  let untilMark = 0;
  child.stdout.on('data', () => {
    if (mark !== '' && untilMark === 0 && stdout().includes(mark)) untilMark = timeOf(child.pid ?? 0);
  });
  const sampler = sample(child.pid ?? 0);
  const code = await new Promise<number>((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done(code ?? 1));
  });
  const seen = sampler.stop();
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout()}\n${stderr()}`);
  const wall = (performance.now() - began) / 1000;
  // A process whose parent ended before it is nobody's child any more, but was seen while it ran.
  return { peak: seen.peak, cpu: Math.max(childrenTime() - before, seen.cpu), wall, untilMark, stdout: stdout() };
}

function gather(stream: NodeJS.ReadableStream): () => string {
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  return () => Buffer.concat(pieces).toString('utf8');
}

/** What the children of this process, and theirs, took until they ended. */
function childrenTime(): number {
  const fields = statOf('self');
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

/** What a process and those that it started have taken until now, those that have ended included. */
function timeOf(root: number): number {
  const ticks = treeOf(root).flatMap((pid) => statOf(pid).slice(11, 15).map(Number));
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS;
}

function sample(root: number): { stop: () => { cpu: number; peak: number } } {
  const times = new Map<number, number>();
  let peak = 0;
  const look = () => {
    let memory = 0;
    for (const pid of treeOf(root)) {
      try {
        const isOwn = hasBegun(pid);
        const fields = statOf(pid);
        times.set(pid, (Number(fields[11]) + Number(fields[12])) / TICKS);
        if (isOwn) memory += (Number(fields[21]) * PAGE) / 1e6;
      } catch {
        // It has ended meanwhile.
      }
    }
    peak = Math.max(peak, memory);
  };
  const timer = setInterval(look, SAMPLE_EVERY);
  return {
    stop: () => {
      clearInterval(timer);
      return { cpu: [...times.values()].reduce((sum, each) => sum + each, 0), peak };
    },
  };
}

/** Whether a process runs its own program. Until then its memory is that of its parent: with Pagefind's, a build had 300 MB twice. */
function hasBegun(pid: number): boolean {
  const parent = Number(statOf(pid)[1]);
  const [own, parents] = [pid, parent].map((each) => readFileSync(`/proc/${each}/cmdline`, 'utf8'));
  return own !== parents;
}

/** The fields of /proc/PID/stat that stand behind the name, which may hold anything: the first is the state. */
function statOf(pid: number | 'self'): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** A process and all that it started. */
function treeOf(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    return [];
  }
}
