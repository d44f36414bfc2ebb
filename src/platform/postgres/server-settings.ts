/** Settings of the embedded server, given at each start: a newer Voxloop brings newer settings to an older cluster. */
export function serverSettings(options: {
  readonly port: number;
  readonly durable: boolean;
}): readonly (readonly [string, string | number])[] {
  return [
    ['port', options.port],
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['max_connections', 60],
    // The indexes of a million voices take 280 MB: with 128 MB a voice costs half as much again there as among the first hundred thousand.
    ['shared_buffers', '384MB'],
    ['effective_cache_size', '1GB'],
    ['work_mem', '16MB'],
    ['maintenance_work_mem', '128MB'],
    ['random_page_cost', 1.1],
    // Planning a compiled expression costs more than our short statements take.
    ['jit', 'off'],
    // Nobody replicates from here, so the log carries only what a recovery needs.
    ['wal_level', 'minimal'],
    ['max_wal_senders', 0],
    ['max_wal_size', '2GB'],
    ['wal_compression', 'on'],
    ['checkpoint_timeout', '15min'],
    ['idle_in_transaction_session_timeout', '10min'],
    // A client that went away must not leave its statement running, with its locks. PostgreSQL for Windows refuses the setting.
    ...(process.platform === 'win32' ? [] : [['client_connection_check_interval', '10s'] as const]),
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    ['logging_collector', 'on'],
    ['log_directory', 'log'],
    ['log_filename', 'postgres-%a.log'],
    ['log_truncate_on_rotation', 'on'],
    ['log_rotation_age', '1d'],
    ['log_rotation_size', 0],
    // What customers said must not leak into the log through failed statements and their details.
    ['log_min_error_statement', 'panic'],
    ['log_error_verbosity', 'terse'],
    ['fsync', options.durable ? 'on' : 'off'],
    ['synchronous_commit', options.durable ? 'on' : 'off'],
    ['full_page_writes', options.durable ? 'on' : 'off'],
  ];
}
