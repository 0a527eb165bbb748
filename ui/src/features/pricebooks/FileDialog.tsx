import { Button, FileButton, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { PriceBook } from "../../host/wire";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { formatCount } from "../../shared/money";
import { showDone } from "../../shared/notices";
import { readBook } from "./load";

type FileDialogProps = { file: File; books: PriceBook[]; onClose: (read?: PriceBook) => void };

/** Says which book a file becomes, and what that does to the one of the same name. */
function FileDialog({ file, books, onClose }: FileDialogProps) {
  const cache = useQueryClient();
  const [name, setName] = useState(() => file.name.replace(/\.(csv|toml)$/i, ""));
  const before = books.find((book) => book.name.toLowerCase() === name.trim().toLowerCase());
  const read = useMutation({
    meta: { quiet: true },
    mutationFn: () => readBook(name.trim(), file),
    onSuccess: (book) => {
      void cache.invalidateQueries();
      showDone(`${book.name} says what ${file.name} says`);
      onClose(book);
    },
  });
  return (
    <Modal opened onClose={() => onClose()} title={`Read ${file.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          read.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label="As the price book"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={name.trim() === "" && "A price book needs a name"}
            data-autofocus
          />
          <Text size="sm" role="status">
            {before === undefined
              ? "This is a new price book. It is nobody's until you say whom it is for."
              : `${before.name} has ${formatCount(before.entries.length)} ${
                  before.entries.length === 1 ? "price" : "prices"
                } now; those of the file take their place. What was drafted or issued by it stays as it is.`}
          </Text>
          {read.error !== null && <ErrorPanel error={read.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose()}>
              Cancel
            </Button>
            <Button type="submit" loading={read.isPending} disabled={name.trim() === ""}>
              {before === undefined ? "Create" : "Replace its prices"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type OpenFileProps = { books: PriceBook[]; onRead: (book: PriceBook) => void };

/** Reads a price book from a file, as `tally pricebook set` does. */
export function OpenFile({ books, onRead }: OpenFileProps) {
  const [file, setFile] = useState<File | null>(null);
  // The same file can be chosen once more after it was mended.
  const forget = useRef<() => void>(null);
  return (
    <>
      <FileButton accept=".csv,.toml,text/csv,application/toml" resetRef={forget} onChange={setFile}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden="true" />}>
            Open a file…
          </Button>
        )}
      </FileButton>
      {file !== null && (
        <FileDialog
          file={file}
          books={books}
          onClose={(read) => {
            setFile(null);
            forget.current?.();
            if (read !== undefined) onRead(read);
          }}
        />
      )}
    </>
  );
}
