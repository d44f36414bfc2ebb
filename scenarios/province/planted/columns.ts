/** Growing columns of events; `finished` cuts them to length. */
export interface PlantedEvents {
  /** By customer, and by time within a customer. */
  readonly customers: Uint32Array;
  /** Minutes since the epoch, UTC. */
  readonly atMinutes: Int32Array;
  /** 0 grievance, 1 complaint. */
  readonly kinds: Uint8Array;
  /** Index of `GRIEVANCE_TYPES` or `COMPLAINT_TYPES`. */
  readonly types: Uint16Array;
  /** Index of `DURATIONS`; of grievances alone. */
  readonly durations: Uint8Array;
  /** Bits of `ACTIONS`: what was done about a grievance. */
  readonly actions: Uint8Array;
  /** True level of a grievance, 1 to 5; 0 for complaints. */
  readonly levels: Uint8Array;
}

export interface NewEvent {
  readonly minute: number;
  readonly kind: 0 | 1;
  readonly type: number;
  readonly duration: number;
  readonly actions: number;
  readonly level: number;
}

export class Columns {
  private size: number;
  private count = 0;
  private customers: Uint32Array;
  private atMinutes: Int32Array;
  private kinds: Uint8Array;
  private types: Uint16Array;
  private durations: Uint8Array;
  private actions: Uint8Array;
  private levels: Uint8Array;

  constructor(expected: number) {
    this.size = Math.max(64, Math.ceil(expected));
    this.customers = new Uint32Array(this.size);
    this.atMinutes = new Int32Array(this.size);
    this.kinds = new Uint8Array(this.size);
    this.types = new Uint16Array(this.size);
    this.durations = new Uint8Array(this.size);
    this.actions = new Uint8Array(this.size);
    this.levels = new Uint8Array(this.size);
  }

  add(customer: number, atMinute: number, event: NewEvent): void {
    if (this.count === this.size) this.resize(this.size * 2);
    const i = this.count++;
    this.customers[i] = customer;
    this.atMinutes[i] = atMinute;
    this.kinds[i] = event.kind;
    this.types[i] = event.type;
    this.durations[i] = event.duration;
    this.actions[i] = event.actions;
    this.levels[i] = event.level;
  }

  finished(): PlantedEvents {
    this.resize(this.count);
    const { customers, atMinutes, kinds, types, durations, actions, levels } = this;
    return { customers, atMinutes, kinds, types, durations, actions, levels };
  }

  private resize(size: number): void {
    const count = Math.min(size, this.count);
    const moved = <T extends Uint32Array | Int32Array | Uint16Array | Uint8Array>(to: T, from: T): T => {
      to.set(from.subarray(0, count));
      return to;
    };
    this.size = size;
    this.customers = moved(new Uint32Array(size), this.customers);
    this.atMinutes = moved(new Int32Array(size), this.atMinutes);
    this.kinds = moved(new Uint8Array(size), this.kinds);
    this.types = moved(new Uint16Array(size), this.types);
    this.durations = moved(new Uint8Array(size), this.durations);
    this.actions = moved(new Uint8Array(size), this.actions);
    this.levels = moved(new Uint8Array(size), this.levels);
  }
}
