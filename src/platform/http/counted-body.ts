import type { Readable } from 'node:stream';
import { Refusal } from './route.ts';

/**
 * The pieces of a body, as long as they come to no more than `limit` bytes; then it is refused as too large. The stream itself is left
 * open, so that the refusal still reaches whoever sent it.
 */
export async function* countedBody(body: NodeJS.ReadableStream, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of (body as Readable).iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new Refusal('too-large', { bytes: limit });
    yield chunk;
  }
}
