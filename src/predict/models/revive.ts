import { blendedModel } from './blended.ts';
import { revivedBoosted } from './boosted-learner.ts';
import { constantModel, type Fitted, type SerialModel } from './candidate.ts';
import { logisticModel } from './logistic-learner.ts';

/** A model from the plain values that it was stored as. */
export function revive(serial: SerialModel): Fitted {
  switch (serial.family) {
    case 'constant':
      return constantModel(serial.base);
    case 'logistic':
      return logisticModel(serial.model, serial.lambda);
    case 'boosted':
      return revivedBoosted(serial.model);
    case 'blended':
      return blendedModel(revive(serial.parts[0]), revive(serial.parts[1]));
  }
}
