import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../../host/client";
import { data } from "../../../host/problem";
import type { Tenant, TenantFile } from "../../../host/wire";
import { Pages } from "../../../shared/pdf/Pages";
import { nameSize } from "../../../shared/sizes";
import { Answer, Waiting } from "../../../shared/Waiting";
import styles from "../Tenants.module.css";
import { nameOf } from "./load";

/** Kinds that can be shown, and up to how many bytes: of a text its beginning is enough. */
const SHOWN = [
  { kind: "picture", names: /\.(png|jpe?g|gif|webp)$/i, most: 8 * 1024 * 1024, is_part: false },
  { kind: "pdf", names: /\.pdf$/i, most: 8 * 1024 * 1024, is_part: false },
  {
    kind: "text",
    names: /\.(txt|csv|json|xml|md|log|ya?ml|toml|ini|sql|pub|tsv)$/i,
    most: 64 * 1024,
    is_part: true,
  },
] as const;
const KINDS: Record<string, string> = { jpg: "image/jpeg", jpeg: "image/jpeg" };

function Picture({ content, name }: { content: Blob; name: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const ending = name.split(".").at(-1)?.toLowerCase() ?? "";
    // Said here, not by whoever brought the file: nothing but a picture is made of it.
    const made = URL.createObjectURL(new Blob([content], { type: KINDS[ending] ?? `image/${ending}` }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content, name]);
  return address === undefined ? null : <img className={styles.picture} src={address} alt={name} />;
}

function Text({ content, total }: { content: Blob; total: number }) {
  const [text, setText] = useState("");
  useEffect(() => {
    content.text().then(setText);
  }, [content]);
  return (
    <>
      <pre className={styles.text}>{text}</pre>
      {content.size < total && (
        <p className={styles.rest}>
          The first {nameSize(content.size)} of {nameSize(total)}.
        </p>
      )}
    </>
  );
}

/** Why a PDF cannot be looked at here. */
function unopened(fault: unknown) {
  const locked = fault instanceof Error && fault.name === "PasswordException";
  return (
    <p className={styles.rest}>
      {locked ? "It is locked with a password: save it and open it." : "It cannot be read as a PDF."}
    </p>
  );
}

function Pdf({ content }: { content: Blob }) {
  const [bytes, setBytes] = useState<ArrayBuffer>();
  useEffect(() => {
    content.arrayBuffer().then(setBytes);
  }, [content]);
  return (
    <div className={styles.sheets}>
      {bytes === undefined ? <Waiting /> : <Pages bytes={bytes} told={unopened} />}
    </div>
  );
}

/** What a file holds, if it is of a kind that can be shown and not too large for it. */
export function Preview({ tenant, file }: { tenant: Tenant; file: TenantFile }) {
  const shown = SHOWN.find(({ names }) => names.test(file.path));
  const fits = shown !== undefined && (shown.is_part || file.bytes <= shown.most);
  const query = useQuery({
    queryKey: ["tenants", tenant.id, "content", file.path, file.modified],
    queryFn: async () =>
      data(
        await api.GET("/api/v1/tenants/{id}/files/content", {
          params: { path: { id: tenant.id }, query: { path: file.path, most: shown?.most } },
          parseAs: "blob",
        }),
      ) as unknown as Blob,
    enabled: fits,
    structuralSharing: false,
    gcTime: 0,
    retry: false,
  });
  if (!fits) {
    return (
      <p className="soft">
        {shown === undefined
          ? "Files of this kind are not shown here: save it to open it."
          : `Larger than ${nameSize(shown.most)}: save it to open it.`}
      </p>
    );
  }
  return (
    <section aria-label="What it holds" className={styles.preview}>
      <Answer query={query}>
        {(content) => {
          switch (shown.kind) {
            case "picture":
              return <Picture content={content} name={nameOf(file.path)} />;
            case "pdf":
              return <Pdf content={content} />;
            case "text":
              return <Text content={content} total={file.bytes} />;
          }
        }}
      </Answer>
    </section>
  );
}
