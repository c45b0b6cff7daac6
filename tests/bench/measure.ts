import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a command took, with all the processes that it started. */
export interface Took {
  /** Seconds of processor time, user and system. */
  cpu: number;
  /** The most memory at one moment, of all its processes together, in MB. */
  peak: number;
  /** The same of those processes alone that run the script given as `apart`, and of what they started. */
  apart: { cpu: number; peak: number };
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
  { cwd = '.', apart = 'none' } = {},
): Promise<Took> {
  const before = childrenTime();
  const { NODE_ENV: _mode, ...surroundings } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...surroundings, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  const sampler = sample(child.pid ?? 0, apart);
  const code = await new Promise<number>((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done(code ?? 1));
  });
  const seen = sampler.stop();
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout()}\n${stderr()}`);
  // A process whose parent ended before it is nobody's child any more, but was seen while it ran.
  return { ...seen.all, cpu: Math.max(childrenTime() - before, seen.all.cpu), apart: seen.apart, stdout: stdout() };
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

type Seen = Record<'all' | 'apart', { cpu: number; peak: number }>;

function sample(root: number, script: string): { stop: () => Seen } {
  const times = { all: new Map<number, number>(), apart: new Map<number, number>() };
  const peaks = { all: 0, apart: 0 };
  const look = () => {
    const memory = { all: 0, apart: 0 };
    for (const { pid, isApart } of treeOf(root, script)) {
      try {
        const fields = statOf(pid);
        for (const of of isApart ? (['all', 'apart'] as const) : (['all'] as const)) {
          times[of].set(pid, (Number(fields[11]) + Number(fields[12])) / TICKS);
          memory[of] += (Number(fields[21]) * PAGE) / 1e6;
        }
      } catch {
        // It has ended meanwhile.
      }
    }
    peaks.all = Math.max(peaks.all, memory.all);
    peaks.apart = Math.max(peaks.apart, memory.apart);
  };
  const timer = setInterval(look, SAMPLE_EVERY);
  const seen = (of: 'all' | 'apart') => ({
    cpu: [...times[of].values()].reduce((sum, each) => sum + each, 0),
    peak: peaks[of],
  });
  return {
    stop: () => {
      clearInterval(timer);
      return { all: seen('all'), apart: seen('apart') };
    },
  };
}

/** The fields of /proc/PID/stat that stand behind the name, which may hold anything: the first is the state. */
function statOf(pid: number | 'self'): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function argumentsOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
}

interface Running {
  pid: number;
  isApart: boolean;
}

/** A process and all that it started. */
function treeOf(pid: number, script: string, within = false): Running[] {
  try {
    const isApart = within || argumentsOf(pid).some((each) => each === script || each.endsWith(`/${script}`));
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return [{ pid, isApart }, ...children.flatMap((child) => treeOf(child, script, isApart))];
  } catch {
    return [];
  }
}
