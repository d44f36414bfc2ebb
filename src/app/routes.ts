import { handlingRoutes } from '../act/handling/handling.routes.ts';
import { peakCallRoutes } from '../act/peaks/calls.routes.ts';
import { peakMapRoutes } from '../act/peaks/peaks.routes.ts';
import { actRoutes } from '../act/orders.routes.ts';
import { askRoutes } from '../analyse/ask.routes.ts';
import { exportTableRoutes } from '../analyse/export-table.routes.ts';
import { funnelRoutes } from '../analyse/funnel/funnel.routes.ts';
import { hotWordsRoutes } from '../analyse/hot-words.routes.ts';
import { deskRoutes } from '../floor/desk.routes.ts';
import { importFileRoutes } from '../ingest/import-files.routes.ts';
import { importRoutes } from '../ingest/imports.routes.ts';
import { uploadImportRoutes } from '../ingest/upload-import.routes.ts';
import { pushRoutes } from '../ingest/push.routes.ts';
import { recordRoutes } from '../ingest/record.routes.ts';
import { auditRoutes } from '../people/audit.routes.ts';
import { eventsRoutes } from '../people/events.routes.ts';
import { membersRoutes } from '../people/members.routes.ts';
import { organisationRoutes } from '../people/organisation.routes.ts';
import { ownRoutes } from '../people/own.routes.ts';
import { preferencesRoutes } from '../people/preferences.routes.ts';
import { sessionRoutes } from '../people/session.routes.ts';
import { unitsRoutes } from '../people/units.routes.ts';
import { modelRoutes } from '../predict/models/models.routes.ts';
import type { Route } from '../platform/http/route.ts';
import { levelsRoutes } from '../predict/levels/levels.routes.ts';
import { satisfactionRoutes } from '../predict/satisfaction/satisfaction.routes.ts';
import { segmentsRoutes } from '../predict/segments/segments.routes.ts';
import { agreementRoutes } from '../understand/agreement/agreement.routes.ts';
import { pairsRoutes } from '../predict/pairs/pairs.routes.ts';
import { knowledgeMapRoutes } from '../understand/knowledge-map.routes.ts';
import { experimentsRoutes } from '../verify/experiments/experiments.routes.ts';
import { handlingCostRoutes } from '../verify/handling-cost/handling-cost.routes.ts';
import { verifyRoutes } from '../verify/verify.routes.ts';
import { warnRoutes } from '../warn/warn.routes.ts';
import { auditExportRoutes } from './audit-export.routes.ts';
import { experimentFilesRoutes } from './experiments/experiment-files.routes.ts';
import { metaRoutes } from './meta.routes.ts';
import { overviewRoutes } from './overview/overview.routes.ts';
import { peakEffectRoutes } from './peaks/peak-effect.routes.ts';
import { undoImportRoutes } from './undo/undo-import.routes.ts';
import { VERSION } from './version.ts';
import { voiceRoutes } from './voice.routes.ts';

/** Every route there is. */
export const routeTable: readonly Route[] = [
  ...sessionRoutes,
  ...preferencesRoutes,
  ...ownRoutes,
  ...organisationRoutes,
  ...membersRoutes,
  ...unitsRoutes,
  ...auditRoutes,
  ...auditExportRoutes,
  ...eventsRoutes,
  ...uploadImportRoutes,
  ...importRoutes,
  ...importFileRoutes,
  ...undoImportRoutes,
  ...pushRoutes,
  ...recordRoutes,
  ...deskRoutes,
  ...askRoutes,
  ...exportTableRoutes,
  ...hotWordsRoutes,
  ...funnelRoutes,
  ...knowledgeMapRoutes,
  ...agreementRoutes,
  ...voiceRoutes,
  ...overviewRoutes,
  ...satisfactionRoutes,
  ...segmentsRoutes,
  ...levelsRoutes,
  ...modelRoutes,
  ...pairsRoutes,
  ...warnRoutes,
  ...actRoutes,
  ...handlingRoutes,
  ...peakMapRoutes,
  ...peakCallRoutes,
  ...peakEffectRoutes,
  ...handlingCostRoutes,
  ...verifyRoutes,
  ...experimentsRoutes,
  ...experimentFilesRoutes,
  ...metaRoutes(VERSION, () => routeTable),
];
