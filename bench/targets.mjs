// What is compared: nginx, a bare Netty proxy and Ostiary, each in front of the same backend.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client.mjs';
import { children, openFiles } from './processes.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PROGRAM = join(dirname(HERE), 'ostiary');
const LIBRARIES = join(dirname(HERE), 'server/target/lib');
const PORTS = { backend: 18090, nginx: 18091, netty: 18092, ostiary: 18093, github: 18094 };
const JAVA = [
  '-Xms32m',
  '-Xmx256m',
  '-XX:+UseCompactObjectHeaders',
  '--enable-native-access=ALL-UNNAMED',
  '--sun-misc-unsafe-memory-access=allow',
  ...(cpus().length <= 2 ? ['-XX:+UseSerialGC'] : []),
];

export class Targets {
  #folder;
  #started = [];

  constructor(folder) {
    this.#folder = folder;
  }

  /** What Ostiary says about itself; builds it if needed. */
  version() {
    spawnSync(PROGRAM, ['--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
    return spawnSync(PROGRAM, ['--version'], { encoding: 'utf8' }).stdout.trim().split('\n')[0];
  }

  async start() {
    const backend = await this.#java('backend', 'Backend.java', 'netty', PORTS.backend);
    const nginx = await this.#nginx();
    const netty = await this.#java('netty', 'BareProxy.java', 'netty', PORTS.netty, PORTS.backend);
    const ostiary = await this.#ostiary();
    return [
      { name: 'backend itself', url: url(PORTS.backend), pids: [backend.pid] },
      { name: 'bare Netty', url: url(PORTS.netty), pids: [netty.pid] },
      { name: 'nginx', url: url(PORTS.nginx), pids: [nginx.pid, ...children(nginx.pid)] },
      { name: 'Ostiary', url: url(PORTS.ostiary), pids: [ostiary.pid] },
    ];
  }

  async token() {
    const person = new Client(`http://127.0.0.1:${PORTS.ostiary}`);
    return (await person.signIn(await person.register())).access_token;
  }

  async stop() {
    for (const child of this.#started.reverse()) {
      await new Promise((resolve) => {
        child.on('exit', resolve);
        if (!child.kill('SIGTERM')) resolve();
      });
    }
  }

  async #java(name, program, libraries, ...argv) {
    const jars = readdirSync(LIBRARIES).filter((jar) => jar.startsWith(libraries)).map((jar) => join(LIBRARIES, jar));
    return this.#spawn(PORTS[name], javaCommand(), [...JAVA, '-cp', jars.join(':'), join(HERE, program), ...argv.map(String)]);
  }

  async #nginx() {
    const file = join(this.#folder, 'nginx.conf');
    mkdirSync(join(this.#folder, 'nginx'));
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path nginx/${what};`);
    writeFileSync(
      file,
      `daemon off;
       worker_processes ${cpus().length};
       worker_rlimit_nofile ${openFiles()};
       pid nginx/pid;
       error_log stderr crit;
       events { worker_connections ${openFiles()}; }
       http {
         access_log off;
         ${temporary.join(' ')}
         keepalive_requests 100000000;
         proxy_read_timeout 1h;
         upstream backend { server 127.0.0.1:${PORTS.backend}; keepalive 1024; keepalive_requests 100000000; }
         server {
           listen 127.0.0.1:${PORTS.nginx} backlog=16384;
           location /mcp {
             proxy_pass http://backend;
             proxy_http_version 1.1;
             proxy_set_header Connection "";
           }
         }
       }`,
    );
    return this.#spawn(PORTS.nginx, '/usr/sbin/nginx', ['-p', `${this.#folder}/`, '-c', file]);
  }

  #ostiary() {
    return this.#run(`
  bench: { path: /mcp, backend: "${url(PORTS.backend)}" }
`);
  }

  /** Ostiary in front of these servers, as YAML; its process id, and where it listens. */
  async ostiaryWith(servers) {
    const { pid } = await this.#run(servers);
    return { pid, origin: `http://127.0.0.1:${PORTS.ostiary}` };
  }

  async #run(servers) {
    const origin = `http://127.0.0.1:${PORTS.ostiary}`;
    await this.#java('github', 'GitHub.java', '', PORTS.github, `${origin}/callback`);
    const file = join(this.#folder, 'ostiary.yaml');
    writeFileSync(
      file,
      `url: ${origin}
listen: 127.0.0.1:${PORTS.ostiary}
data: ${join(this.#folder, 'data')}
sign-in:
  github:
    base-url: http://127.0.0.1:${PORTS.github}
    client-id: bench
    client-secret: secret-of-bench
    allow: { users: [octocat] }
servers:${servers}`,
    );
    return this.#spawn(PORTS.ostiary, PROGRAM, ['run', file]);
  }

  async #spawn(port, command, argv) {
    const child = spawn(command, argv, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.#started.push(child);
    while (!(await listens(port))) {
      if (child.exitCode !== null) throw new Error(`${command} ended with status ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return child;
  }
}

/** The JDK that `./ostiary` would take, if it is where JAVA_HOME says; else the one on the PATH. */
function javaCommand() {
  return process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
}

function url(port) {
  return `http://127.0.0.1:${port}/mcp`;
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
