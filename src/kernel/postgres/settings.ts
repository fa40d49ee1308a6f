/** What the machine has, as far as it matters to PostgreSQL. */
export interface Machine {
  memoryBytes: number;
  cpus: number;
  /** Room in /dev/shm; undefined where there is none to ask. Containers often give 64 MB. */
  sharedMemoryBytes?: number;
}

const MB = 1024 * 1024;
const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/**
 * What PostgreSQL keeps at hand itself, in MB: a sixteenth of a small machine's memory, which it shares with everything else, and a
 * quarter of what is there beyond 2 GB. A table of ten million entries is sorted and filtered in a third of the time where
 * its pages need not be fetched from the system's cache one by one.
 */
const buffers = (memory: number) => clamp(Math.max(memory / 16, (memory - 2048) / 4), 64, 16_384);

/**
 * Settings for one machine that also runs everything else: its share of the memory, long checkpoints for bulk
 * loading, and full durability (fsync, full_page_writes and synchronous_commit stay as PostgreSQL has them).
 */
export function settingsFor(machine: Machine): Record<string, string> {
  const memory = machine.memoryBytes / MB;
  const crampedSharedMemory = machine.sharedMemoryBytes !== undefined && machine.sharedMemoryBytes < 512 * MB;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: `${Math.round(buffers(memory))}MB`,
    effective_cache_size: `${Math.round(clamp(memory / 2, 256, 65536))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${Math.round(clamp(memory / 16, 64, 512))}MB`,
    max_connections: '100',
    max_wal_size: '4GB',
    min_wal_size: '128MB',
    // pglz, all this build has, took three fifths of the processor's time of a change of many entries, and two thirds of that of writing
    // into a large inverted index; the log is recycled anyhow.
    wal_compression: 'off',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    // Parallel workers share memory through /dev/shm; where that is small their queries would fail.
    max_parallel_workers_per_gather: crampedSharedMemory || machine.cpus < 4 ? '0' : '2',
    max_parallel_maintenance_workers: crampedSharedMemory || machine.cpus < 2 ? '0' : '1',
    jit: 'off',
    gin_pending_list_limit: '8MB',
    gin_fuzzy_search_limit: '0',
    default_statistics_target: '200',
    random_page_cost: '2',
    autovacuum_vacuum_insert_scale_factor: '0.1',
    autovacuum_analyze_scale_factor: '0.05',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_checkpoints: 'off',
    // Errors of single statements can quote record content; the log is for the server's own state.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_line_prefix: '%m [%p] ',
  };
}

/** The text of a PostgreSQL configuration file. */
export function renderSettings(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `# Written at each start. Your own settings belong in local.conf beside this file; they win.\n${lines.join('\n')}\n`;
}
