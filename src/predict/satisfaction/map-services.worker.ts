import { mapServices, type MappingTask } from './mapping.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';

asker.postMessage((given as readonly MappingTask[]).map(mapServices));
