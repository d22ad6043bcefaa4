import type { JSX } from "preact";
import type { Purpose } from "../../api/types";
import { PageHead, PartsNav } from "../../parts/page_head";
import { PurposeForm } from "../../session/purpose";
import { useSession } from "../../session/session";
import { useHandling } from "../../shell/handling";
import type { PageProps } from "../registry";
import { LinkPage } from "./link";
import { linked_in } from "./link_address";
import { LinkagePage } from "./linkage";
import { PersonPage } from "./person";
import { ReviewPage } from "./review";
import { WhoPage } from "./who";
import "./people.scss";

const k_parts: readonly { first: string; words: string }[] = [
  { first: "", words: "Who else knows?" },
  { first: "review", words: "Review" },
  { first: "linkage", words: "Linkage" },
];

// Counting and running the system show nobody; counting may still run linkage and read its report.
const k_shows_people: ReadonlySet<Purpose> = new Set(["PROTECT", "INVESTIGATE", "GOVERN"]);

export default function PeoplePages({ rest }: PageProps): JSX.Element {
  const [first = "", second = ""] = rest.split("/").map(decodeURIComponent);
  const purpose = useSession().state?.purpose ?? null;
  useHandling("Personal data: for your purpose alone, not to be passed on");
  const parts = k_parts.map((part) => ({
    words: part.words,
    href: part.first === "" ? "/people" : `/people/${part.first}`,
    is_here: part.first === first,
  }));
  return (
    <>
      <PartsNav name="Parts of People" parts={parts} />
      {purpose === null || !(k_shows_people.has(purpose.code) || first === "linkage") ? (
        <PurposeFirst has_unfit={purpose !== null} />
      ) : (
        // Another purpose has another threshold: everything is asked anew.
        <Part key={purpose.code} first={first} second={second} />
      )}
    </>
  );
}

// Nothing of a person is asked for before the purpose is known, and none is chosen beforehand.
function PurposeFirst({ has_unfit }: { has_unfit: boolean }): JSX.Element {
  return (
    <>
      <PageHead
        title="People"
        lead="Which agencies hold something of a person, in what capacity, how sure that is, and whom to ring."
        is_printed={false}
      />
      <div class="tl-ask">
        <h2 class="govuk-heading-m">A purpose first</h2>
        {has_unfit && <p>For the purpose that is chosen nobody is shown: choose another, if you have one.</p>}
        <p>
          Each purpose has its own threshold: to protect somebody weaker links are shown too, to investigate only strong
          ones and as a lead alone.
        </p>
        <PurposeForm done={() => undefined} />
      </div>
    </>
  );
}

function Part({ first, second }: { first: string; second: string }): JSX.Element {
  if (first === "review") return <ReviewPage />;
  if (first === "linkage") return <LinkagePage />;
  const linked = first === "links" ? linked_in(second) : null;
  if (linked !== null) return <LinkPage key={second} {...linked} />;
  if (/^\d+$/.test(first)) return <PersonPage key={first} person={first} />;
  return <WhoPage />;
}
