import type { OrderAction } from '../../src/model/work-order.ts';
import type { Incident, IncidentKind } from './world.ts';

/** What people of the province did about their alarms: an ordinary file of the scenario, replayed through the product's own steps. */
export interface Deeds {
  /** Who works the orders of a department. */
  readonly handlers: Readonly<Record<string, string>>;
  readonly orders: readonly OrderDeed[];
}

/** An order from the alarm on this entity that fired in [from, before), by this member. */
export interface OrderDeed {
  readonly alarm: { readonly dimension: string; readonly value: string; readonly from: string; readonly before: string };
  readonly by: string;
  readonly steps: readonly DeedStep[];
}
export interface DeedStep {
  /** Since the alarm fired; what would lie in the future has not been done yet. */
  readonly after_minutes: number;
  /** `dispatch` makes the order and comes first. */
  readonly action: 'dispatch' | 'comment' | OrderAction;
  readonly note?: string;
  /** Where a redispatch goes. */
  readonly department?: string;
}

const HANDLERS = {
  network: 'net-manager',
  market: 'market-manager',
  billing: 'billing-manager',
  channel: 'channel-manager',
} as const;

const step = (after_minutes: number, action: DeedStep['action'], note?: string): DeedStep => ({
  after_minutes,
  action,
  ...(note === undefined ? {} : { note }),
});

/** In the words of those who do it; the times are what such a thing takes. */
const STORIES: Readonly<Record<IncidentKind, readonly DeedStep[]>> = {
  'broadband-outage': [
    step(9, 'dispatch'),
    step(16, 'accept'),
    step(24, 'start', '光交箱主干光缆被施工挖断，装维班已到现场'),
    step(131, 'comment', '备纤不够，从邻近光交调纤'),
    step(205, 'finish', '熔接完成，PON 口收光正常，逐户测试通过'),
    step(246, 'close', '回访五户均已恢复'),
  ],
  'billing-fault': [
    step(38, 'dispatch'),
    step(95, 'accept'),
    step(130, 'start', '核对批价日志：优惠到期时间被提前一天写入'),
    step(1_490, 'comment', '影响用户清单已导出，交业务支撑做批量退费'),
    step(2_960, 'finish', '规则已改正并重新批价，差额退回话费账户'),
    step(3_060, 'close', '抽查二十户退费到账'),
  ],
  'hidden-threshold': [
    step(55, 'dispatch'),
    step(190, 'accept'),
    step(410, 'start', '宣传页未写明须连续在网十二个月'),
    step(3_200, 'finish', '宣传物料下架重做，门槛写在首屏；已参与客户按宣传口径兑现'),
    step(3_420, 'close', '各厅物料已更换'),
  ],
  'unaware-subscription': [
    step(47, 'dispatch'),
    step(160, 'return', '订购来自合作渠道外呼，请渠道部一并处理'),
    { ...step(260, 'redispatch'), department: 'channel' },
    step(330, 'accept'),
    step(420, 'start', '停用该渠道订购接口，补二次确认短信'),
    step(2_700, 'finish', '无确认记录的订购全部退订退费'),
    step(2_830, 'close'),
  ],
  'realname-queue': [
    step(21, 'dispatch'),
    step(34, 'accept'),
    step(41, 'start', '两台证件读卡器离线，加开手工核验窗口'),
    step(150, 'finish', '读卡器已更换，排队降到三人以内'),
    step(195, 'close'),
  ],
};

/**
 * The incidents that are over were worked to the end. Of the two that still burn, the older has its order and its hand-off; the newer waits
 * for whoever opens the sample.
 */
export function deedsOf(incidents: readonly Incident[], until: number): Deeds {
  const orders = incidents.flatMap(({ kind, entity, from, before }): readonly OrderDeed[] => {
    const burns = before >= until;
    if (burns && kind === 'broadband-outage') return [];
    const alarm = { ...entity, from: new Date(from).toISOString(), before: new Date(before).toISOString() };
    return [{ alarm, by: 'analyst', steps: burns ? STORIES[kind].filter((one) => !ENDS.includes(one.action)) : STORIES[kind] }];
  });
  return { handlers: HANDLERS, orders };
}

const ENDS: readonly DeedStep['action'][] = ['finish', 'close'];
