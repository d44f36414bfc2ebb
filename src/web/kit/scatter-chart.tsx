import { ScatterChart } from 'echarts/charts';
import { use as register } from 'echarts/core';

register([ScatterChart]);

/** The same chart with points in the plane, which few pages draw. */
export { DrawnChart } from './drawn-chart.tsx';
