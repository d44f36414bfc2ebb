import { createContext } from 'react';
import type { useTheme } from './theme-choice.ts';

export const ThemeContext = createContext<ReturnType<typeof useTheme> | null>(null);
