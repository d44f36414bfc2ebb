import { mapServices, type MappingTask } from './mapping.ts';
import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';

yieldToOthers();
asker.postMessage((given as readonly MappingTask[]).map(mapServices));
