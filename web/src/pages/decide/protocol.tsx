import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useAddress } from "../../address/address";
import { address_of } from "../../api/client";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { PageHead } from "../../parts/page_head";
import { useHandling } from "../../shell/handling";
import { blocks_of, spans_of, type Block } from "./markdown";

// The model's own description, as the program makes it from the model that runs.
export function ProtocolPage(): JSX.Element {
  const world = useAddress().query.get("world") ?? "small";
  const query = useMemo(() => ({ world }), [world]);
  const answered = useAnswer("/api/simulate/model/description", { query });
  useHandling("a made-up market; nobody in it is real");
  const file = address_of("/api/simulate/model/description", { query: { world, format: "md" } });
  return (
    <div class="tl-decide tl-decide__protocol">
      <PageHead
        title="How the model works"
        above={[{ words: "Decide", href: "/decide" }]}
        lead="The model’s own description, in the order of the ODD protocol, made from the model as it runs."
        acts={
          <a class="govuk-link" href={file} download>
            As a file
          </a>
        }
      />
      <Answer answered={answered} what="Describing the model">
        {(description) => (
          <>
            {blocks_of(description.text)
              .filter((block) => block.kind !== "heading" || block.level > 1)
              .map((block, at) => (
                <BlockView key={at} block={block} />
              ))}
          </>
        )}
      </Answer>
    </div>
  );
}

function Words({ text }: { text: string }): JSX.Element {
  return (
    <>
      {spans_of(text).map((span, at) => {
        if (span.kind === "code") return <code key={at}>{span.text}</code>;
        return span.kind === "bold" ? <strong key={at}>{span.text}</strong> : <span key={at}>{span.text}</span>;
      })}
    </>
  );
}

function BlockView({ block }: { block: Block }): JSX.Element {
  switch (block.kind) {
    case "heading":
      return block.level <= 2 ? (
        <h2 class="govuk-heading-m">{block.text}</h2>
      ) : (
        <h3 class="govuk-heading-s">{block.text}</h3>
      );
    case "paragraph":
      return (
        <p>
          <Words text={block.text} />
        </p>
      );
    case "list": {
      const items = block.items.map((item, at) => (
        <li key={at}>
          <Words text={item} />
        </li>
      ));
      return block.is_numbered ? <ol class="tl-list">{items}</ol> : <ul class="tl-list">{items}</ul>;
    }
    case "table":
      return <TableView head={block.head} rows={block.rows} />;
  }
}

function TableView({ head, rows }: { head: readonly string[]; rows: readonly string[][] }): JSX.Element {
  return (
    <div class="tl-table">
      <div class="tl-table__scroll" tabIndex={0} role="region" aria-label={head.join(", ")}>
        <table class="govuk-table">
          <thead>
            <tr>
              {head.map((cell) => (
                <th key={cell} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column}>
                    <Words text={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
