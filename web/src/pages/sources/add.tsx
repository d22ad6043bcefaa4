import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go, useAddress, with_query } from "../../address/address";
import type { Upload } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { PageHead } from "../../parts/page_head";
import { Drop } from "./drop";
import { Look } from "./look";
import { Reading } from "./reading";
import { UnfinishedUploads } from "./unfinished";

// Adds a file in three steps, each with its own address: hand it in, look at it, read it in. Nothing is stored before the last.
export function AddPage(): JSX.Element {
  const address = useAddress();
  const [upload, job] = [address.query.get("upload"), address.query.get("job")];
  const step = job !== null ? 2 : upload !== null ? 1 : 0;
  return (
    <>
      <PageHead title="Add an extract" above={[{ words: "Sources", href: "/sources" }]} is_printed={step === 2} />
      <ol class="tl-steps">
        {["Hand in a file", "See what it was taken for", "Read it in"].map((words, at) => (
          <li key={words} {...(at === step ? { "aria-current": "step" as const } : {})}>
            {words}
          </li>
        ))}
      </ol>
      {step === 0 && (
        <>
          <Drop arrived={(name) => go(with_query(address, { upload: name }))} />
          <UnfinishedUploads />
        </>
      )}
      {step === 1 && (
        <LookAt
          key={upload}
          name={upload ?? ""}
          begun={(begun) => go(with_query(address, { job: begun, upload: null }), { replace: true })}
        />
      )}
      {step === 2 && <Reading key={job} name={job ?? ""} />}
    </>
  );
}

function LookAt({ name, begun }: { name: string; begun: (job: string) => void }): JSX.Element {
  const answered = useAnswer("/api/uploads/{upload}", { path: { upload: name } });
  const [changed, setChanged] = useState<Upload | null>(null);
  return (
    <Answer answered={answered} what="Looking at the file">
      {(upload) => <Look upload={changed ?? upload} change={setChanged} begun={begun} />}
    </Answer>
  );
}
