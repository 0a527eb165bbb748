import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../../host/client";
import { data } from "../../../host/problem";
import type { Tenant, TenantFile } from "../../../host/wire";
import { Answer } from "../../../shared/Waiting";
import styles from "../Tenants.module.css";
import { nameOf } from "./load";

/** What is larger is saved, not looked at. */
const LARGEST = 2_000_000;
const PICTURE = /\.(png|jpe?g|gif|webp)$/i;
const TEXT = /\.(txt|csv|json|xml|md|log|ya?ml|toml|ini|sql|pub|tsv)$/i;
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

function Text({ content }: { content: Blob }) {
  const [text, setText] = useState("");
  useEffect(() => {
    content.text().then(setText);
  }, [content]);
  return <pre className={styles.text}>{text.slice(0, 20_000)}</pre>;
}

/** What a file holds, if it is small and of a kind that can be shown. */
export function Preview({ tenant, file }: { tenant: Tenant; file: TenantFile }) {
  const kind = PICTURE.test(file.path) ? "picture" : TEXT.test(file.path) ? "text" : undefined;
  const query = useQuery({
    queryKey: ["tenants", tenant.id, "content", file.path, file.modified],
    queryFn: async () =>
      data(
        await api.GET("/api/v1/tenants/{id}/files/content", {
          params: { path: { id: tenant.id }, query: { path: file.path } },
          parseAs: "blob",
        }),
      ) as unknown as Blob,
    enabled: kind !== undefined && file.bytes <= LARGEST,
    structuralSharing: false,
    gcTime: 0,
    retry: false,
  });
  if (kind === undefined || file.bytes > LARGEST) return null;
  return (
    <section aria-label="What it holds" className={styles.preview}>
      <Answer query={query}>
        {(content) =>
          kind === "picture" ? (
            <Picture content={content} name={nameOf(file.path)} />
          ) : (
            <Text content={content} />
          )
        }
      </Answer>
    </section>
  );
}
