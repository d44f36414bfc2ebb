import { analyseTexts } from './analyse-texts.ts';
import { commonTexts } from './common-texts.ts';
import { floorTexts } from './floor-texts.ts';
import { funnelTexts } from './funnel-texts.ts';
import { experimentTexts } from './experiment-texts.ts';
import { importTexts } from './import-texts.ts';
import { knowledgeTexts } from './knowledge-texts.ts';
import { kitTexts } from './kit-texts.ts';
import { levelsTexts } from './levels-texts.ts';
import { modelTexts } from './model-texts.ts';
import { orderTexts } from './order-texts.ts';
import { overviewTexts } from './overview-texts.ts';
import { officeTexts } from './office-texts.ts';
import { pairTexts } from './pairs-texts.ts';
import { peopleTexts } from './people-texts.ts';
import { problemTexts } from './problem-texts.ts';
import { handlingTexts } from './handling-texts.ts';
import { peaksTexts } from './peaks-texts.ts';
import { satisfactionTexts } from './satisfaction-texts.ts';
import { segmentsTexts } from './segments-texts.ts';
import { voiceTexts } from './voice-texts.ts';
import { warnTexts } from './warn-texts.ts';

/** Every text of the program, in both languages. */
export const texts = {
  ...commonTexts,
  ...kitTexts,
  ...analyseTexts,
  ...overviewTexts,
  ...knowledgeTexts,
  ...voiceTexts,
  ...warnTexts,
  ...pairTexts,
  ...orderTexts,
  ...importTexts,
  ...experimentTexts,
  ...floorTexts,
  ...funnelTexts,
  ...levelsTexts,
  ...peopleTexts,
  ...officeTexts,
  ...segmentsTexts,
  ...problemTexts,
  ...satisfactionTexts,
  ...modelTexts,
  ...handlingTexts,
  ...peaksTexts,
};
