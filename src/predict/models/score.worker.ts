import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';
import { type PackedVersion, scoreMoments, unpackedVersion } from './score-moments.ts';
import { type Recorded, withBins } from './scored.ts';

yieldToOthers();
const version = unpackedVersion(given as PackedVersion);
asker.on('message', (recorded: Recorded) => {
  asker.postMessage(withBins(recorded, scoreMoments(recorded.log, recorded.moments, version), version));
});
