import { startEmbedded } from '../../src/platform/postgres/embedded.client.ts';

/** A process of its own that runs the embedded server on a directory until it is told to stop, or killed. */
const [dir = ''] = process.argv.slice(2);
const embedded = await startEmbedded({ dir, log: { info: () => undefined, warn: (text) => console.error(text) } });
console.log(JSON.stringify({ url: embedded.url, pid: embedded.pid }));
process.stdin.once('data', () => {
  void embedded.stop().then(() => process.exit(0));
});
