export { checkPack } from './check-pack.ts';
export { defaultModel } from './default-model.ts';
export { explainReading, type ExplainedReading } from './explain-reading.ts';
export { languageOf } from './language.ts';
export { buildReader, THRESHOLDS, type Alternative, type Reader, type Thresholds } from './reader.ts';
export { parseModel, serialiseModel, type ReaderModel } from './reader-model.ts';
export { trainReader, type LabelledText, type TrainOptions, type TrainReport } from './train-reader.ts';
