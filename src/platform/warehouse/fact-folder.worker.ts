import { yieldToOthers } from '../thread-priority.client.ts';
import { asker, given } from '../threads/inside.client.ts';
import type { FactAsk, FromFacts, ToFacts } from './fact-folder.client.ts';
import { openHere } from './fact-folder-here.client.ts';
import type { WideTable } from './warehouse.ts';

yieldToOthers();
const { dir, table } = given as { readonly dir: string; readonly table: WideTable };
const opened = openHere(dir, table);
opened.catch(() => undefined);

async function answerTo(ask: FactAsk): Promise<unknown> {
  const folder = await opened;
  switch (ask.deed) {
    case 'open':
      return null;
    case 'land':
      return folder.land(...ask.given);
    case 'seal':
      return folder.seal(...ask.given);
    case 'select':
      return folder.select(...ask.given);
  }
}

const say = (message: FromFacts): void => asker.postMessage(message);

asker.on('message', (message: ToFacts) => {
  if (message !== 'close') {
    const { id } = message;
    void answerTo(message.ask).then(
      (answer) => say({ id, answer }),
      (error: unknown) => say({ id, error }),
    );
    return;
  }
  asker.close();
  opened.then(
    (folder) => folder.close(),
    () => undefined,
  );
});
