#!/usr/bin/env node
// What the bridge between the eras and stdio cost beside a call that passes: the same small server in four ways.
//
//   JAVA_HOME=… node bench/bridge.mjs [--seconds 3] [--rounds 5] [--warm-up 15] [--connections 16]
//
// One run, in turns; the median round counts. Needs Linux (/proc), Node 20 or newer, JDK 25 and wrk. Nothing is asserted.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from './client.mjs';
import { cpuSeconds, median } from './processes.mjs';
import { Targets } from './targets.mjs';
import { demandWrk, modern, script, wrk } from './wrk.mjs';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '15' },
    connections: { type: 'string', default: '16' },
  },
});
const ECHO = join(dirname(fileURLToPath(import.meta.url)), 'echo.mjs');
const PORTS = { modern: 18095, legacy: 18096 };
const WAYS = ['passed', 'bridged', 'stdio', 'stdio-bridged'];
const folder = mkdtempSync(join(tmpdir(), 'ostiary-bench-'));
const targets = new Targets(folder);
const backends = Object.entries(PORTS).map(([era, port]) => spawn(process.execPath, [ECHO, era, String(port)], { stdio: 'ignore' }));

await main().finally(async () => {
  await targets.stop();
  backends.forEach((each) => each.kill());
  rmSync(folder, { recursive: true, force: true });
});

async function main() {
  demandWrk();
  console.log(`${targets.version()}; ${cpus().length} × ${cpus()[0].model}; ${options.connections} connections\n`);
  const echo = (era) => JSON.stringify([process.execPath, ECHO, era]);
  const { pid, origin } = await targets.ostiaryWith(`
  passed: { backend: "http://127.0.0.1:${PORTS.modern}/mcp" }
  bridged: { backend: "http://127.0.0.1:${PORTS.legacy}/mcp" }
  stdio: { command: ${echo('modern')} }
  stdio-bridged: { command: ${echo('legacy')} }
`);
  const files = new Map();
  for (const way of WAYS) {
    const person = new Client(origin, 1, `/${way}/mcp`);
    const { access_token: token } = await person.signIn(await person.register());
    const file = script(join(folder, `${way}.lua`), modern(token, 'tools/call', 'echo'));
    files.set(way, file);
    await wrk(`${origin}/${way}/mcp`, file, Number(options.connections), Number(options['warm-up']));
  }
  const found = new Map(WAYS.map((way) => [way, []]));
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const way of WAYS) {
      const before = cpuSeconds(pid);
      const { done, failed } = await wrk(`${origin}/${way}/mcp`, files.get(way), Number(options.connections), Number(options.seconds));
      found.get(way).push({ rate: done / Number(options.seconds), cpu: ((cpuSeconds(pid) - before) / done) * 1e6, failed });
    }
  }
  const passed = median(found.get('passed').map((each) => each.cpu));
  for (const way of WAYS) {
    const cpu = median(found.get(way).map((each) => each.cpu));
    const rate = median(found.get(way).map((each) => each.rate));
    const failed = found.get(way).reduce((sum, each) => sum + each.failed, 0);
    console.log(`  ${way.padEnd(14)} ${rate.toFixed(0).padStart(7)}/s   ${cpu.toFixed(0).padStart(5)} µs CPU each   ${(cpu / passed).toFixed(2)} × passed   ${failed} failed`);
  }
}
