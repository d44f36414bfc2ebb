import { createContext, use } from 'react';
import type { Shade } from './palette.ts';

export const ShadeContext = createContext<Shade>('light');
export const useShade = (): Shade => use(ShadeContext);
