import { z } from 'zod';
import type { KnowledgeMap, LeafDetail } from '../model/knowledge-map.ts';
import type { Names } from '../model/question.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { contentOf, mapOf, qualityOf, sentencesOf } from './knowledge-map.ts';

const UNMAPPED: Names = { zh: '未归类', en: 'Unmapped' };

/** The knowledge map as the loaded pack has it, and how well the running reader keeps its causes apart. */
export const knowledgeMapRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/knowledge-map',
    summary: 'The causes of the loaded content pack with their cells and words. Carries no data: numbers are asked of /api/ask.',
    right: 'signed-in',
    scope: 'none',
    handle: async ({ ctx: { pack, reader } }): Promise<KnowledgeMap> => ({
      pack: { id: pack.id, version: pack.version, names: pack.names },
      reader: reader.version,
      leaves: mapOf(pack),
      terms: pack.terms.length,
      examples: pack.examples.length,
      dictionary: pack.dictionary.length,
    }),
  }),
  route({
    method: 'GET',
    path: '/api/knowledge-map/leaf',
    summary:
      'One cause: terms, synonyms, examples, what looks like it, the explanation, and which of these the reader gets wrong. Carries no data.',
    right: 'signed-in',
    scope: 'none',
    query: z.strictObject({ code: z.string().min(1).max(200) }),
    handle: async ({ ctx: { pack, reader }, query: { code } }): Promise<LeafDetail> => {
      const content = contentOf(pack, code);
      if (content === null) throw new Refusal('not-found');
      const sentences = sentencesOf(content, code);
      const readings = await reader.read(sentences.map((sentence) => sentence.text));
      const nameOf = (category: string | null): Names =>
        pack.categories.find((one) => one.code === category)?.names ?? (category === null ? UNMAPPED : { zh: category, en: category });
      return { ...content, quality: qualityOf(sentences, readings, nameOf) };
    },
  }),
];
