/** Programs that are run as people run them, in a terminal if they insist on one. */
import { spawn } from 'node:child_process';

const LIMIT = 90_000;

/** Runs a program to its end; what it printed. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let printed = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', piece => (printed += piece));
    }
    child.on('error', reject);
    child.on('close', code => {
      clearTimeout(timer);
      if (code === 0) {
        resolve(printed);
      } else {
        reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${printed}`));
      }
    });
  });
}

/** The same, in a terminal of its own. */
export function runInTerminal(command, args) {
  const line = [command, ...args].map(word => `'${word}'`).join(' ');
  return run('script', ['-qec', line, '/dev/null']);
}
