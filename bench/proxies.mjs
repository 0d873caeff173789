#!/usr/bin/env node
// What a call through Ostiary costs beside nginx and a bare Netty proxy, all in front of the same backend.
//
//   JAVA_HOME=… node bench/proxies.mjs [--seconds 2] [--rounds 5] [--warm-up 20] [--connections 1,64,512] [--streams 64] [--idle 10000]
//
// One run, in turns: each round loads every target once at each number of connections, so that what else the machine
// does falls on all alike; the median round counts. Needs Linux (/proc), Node 20 or newer, JDK 25, wrk and nginx. Nothing
// is asserted. Ostiary checks token, scope, headers and message; the others look at nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cpuSeconds, median, openFiles, resident } from './processes.mjs';
import { latencies, open, percentile } from './streams.mjs';
import { Targets } from './targets.mjs';
import { demandWrk, modern, script, wrk } from './wrk.mjs';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '20' },
    connections: { type: 'string', default: '1,64,512' },
    streams: { type: 'string', default: '64' },
    idle: { type: 'string', default: '10000' },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const folder = mkdtempSync(join(tmpdir(), 'ostiary-bench-'));
const targets = new Targets(folder);

await main().finally(async () => {
  await targets.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function main() {
  demandWrk();
  console.log(`${targets.version()}; ${cpus().length} × ${cpus()[0].model}; ${rounds} rounds of ${seconds} s each\n`);
  const compared = await targets.start();
  const token = await targets.token();
  await calls(compared, script(join(folder, 'call.lua'), modern(token, 'tools/call', 'echo')));
  await events(compared, modern(token, 'tools/call', 'tick'));
  await idle(compared.slice(1), modern(token, 'subscriptions/listen', undefined, { notifications: { toolsListChanged: true } }));
}

/** Requests a second, and what each cost its proxy. */
async function calls(compared, file) {
  for (const { url } of compared) await wrk(url, file, 64, Number(options['warm-up']));
  for (const connections of options.connections.split(',').map(Number)) {
    const found = await inTurns(compared, ({ url, pids }) => call(url, pids, file, connections));
    console.log(`${connections} connection${connections === 1 ? '' : 's'}`);
    for (const { name } of compared) {
      const cpu = median(found.get(name).map((each) => each.cpu));
      const rate = median(found.get(name).map((each) => each.rate));
      const beside = (other) => (cpu / median(found.get(other).map((each) => each.cpu))).toFixed(2);
      const failed = found.get(name).reduce((sum, each) => sum + each.failed, 0);
      row(name, `${rate.toFixed(0)}/s`, `${cpu.toFixed(1)} µs CPU each`, `${beside('nginx')} × nginx, ${beside('bare Netty')} × bare Netty`, `${failed} failed`);
    }
  }
}

async function call(url, pids, file, connections) {
  const before = cpuSeconds(...pids);
  const { done, failed } = await wrk(url, file, connections, seconds);
  return { rate: done / seconds, cpu: ((cpuSeconds(...pids) - before) / done) * 1e6, failed };
}

/** How long an event of a stream is on its way. */
async function events(compared, request) {
  const count = Number(options.streams);
  console.log(`\n${count} streams, an event each 20 ms on each`);
  const found = await inTurns(compared, ({ url }) => latencies(url, request, count, seconds));
  for (const { name } of compared) {
    const all = found.get(name).flat().sort((a, b) => a - b);
    const [p50, p99] = [0.5, 0.99].map((part) => percentile(all, part).toFixed(2));
    row(name, `p50 ${p50} ms`, `p99 ${p99} ms`, `${all.length} events`);
  }
}

/** What streams cost on which nothing happens. A proxy needs two files for each. */
async function idle(proxies, request) {
  const count = Math.min(Number(options.idle), Math.floor((openFiles() - 400) / 2));
  console.log(`\n${count} idle streams`);
  for (const { name, url, pids } of proxies) {
    const before = resident(...pids);
    const streams = open(url, request, count);
    await streams.ready;
    await pause(3000);
    const cpu = cpuSeconds(...pids);
    await pause(5000);
    const after = resident(...pids);
    row(name, `${before} to ${after} MiB`, `${(((after - before) * 1024) / count).toFixed(1)} KiB each`, `${((cpuSeconds(...pids) - cpu) * 200).toFixed(1)} ms CPU a second`);
    streams.close();
    await pause(1000);
  }
}

async function inTurns(compared, measure) {
  const found = new Map(compared.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const target of compared) found.get(target.name).push(await measure(target));
  }
  return found;
}

function row(name, ...figures) {
  console.log(`  ${name.padEnd(16)} ${figures.map((figure) => figure.padStart(16)).join('   ')}`);
}
