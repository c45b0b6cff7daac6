import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a command took, with all the processes that it started. */
export interface Took {
  /** Seconds of processor time, user and system. */
  cpu: number;
  /** The most memory at one moment, of all its processes together, in MB. */
  peak: number;
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
  cwd = '.',
): Promise<Took> {
  const before = childrenTime();
  const { NODE_ENV: _mode, ...surroundings } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...surroundings, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  const sampler = sample(child.pid ?? 0);
  const code = await new Promise<number>((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done(code ?? 1));
  });
  const { peak, cpu } = sampler.stop();
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout()}\n${stderr()}`);
  // A process whose parent ended before it is nobody's child any more, but was seen while it ran.
  return { cpu: Math.max(childrenTime() - before, cpu), peak, stdout: stdout() };
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

function sample(root: number): { stop: () => { peak: number; cpu: number } } {
  const times = new Map<number, number>();
  let peak = 0;
  const look = () => {
    let memory = 0;
    for (const pid of treeOf(root)) {
      try {
        const fields = statOf(pid);
        times.set(pid, (Number(fields[11]) + Number(fields[12])) / TICKS);
        memory += Number(fields[21]) * PAGE;
      } catch {
        // It has ended meanwhile.
      }
    }
    peak = Math.max(peak, memory / 1e6);
  };
  const timer = setInterval(look, SAMPLE_EVERY);
  return {
    stop: () => {
      clearInterval(timer);
      return { peak, cpu: [...times.values()].reduce((sum, each) => sum + each, 0) };
    },
  };
}

/** The fields of /proc/PID/stat that stand behind the name, which may hold anything: the first is the state. */
function statOf(pid: number | 'self'): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

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
