import { Button } from 'antd';
import { useRef } from 'react';

/** A key that asks for a file. */
export function FileKey({
  label,
  busy,
  onFile,
}: {
  readonly label: string;
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button loading={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept=".csv,.tsv,.txt,.xlsx,.json,.ndjson,.gz"
        onChange={(e) => {
          const [file] = e.target.files ?? [];
          e.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
