// The outlines of local authorities, in degrees, for pictures of them: near enough to point at, not to measure by.

export type Ring = readonly (readonly [number, number])[];

export interface OutlineFeature {
  properties: { code?: string; name: string };
  geometry: { type: "Polygon"; coordinates: Ring[] } | { type: "MultiPolygon"; coordinates: Ring[][] };
}

export interface OutlineFile<Feature extends OutlineFeature = OutlineFeature> {
  features: Feature[];
}

// As the file has them.
export type AuthorityFeature = OutlineFeature & { properties: { code: string } };

// At the middle of England a degree of longitude is so much of a degree of latitude.
export const k_narrow = Math.cos((53 * Math.PI) / 180);

export function polygons_of({ geometry }: OutlineFeature): Ring[][] {
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
}

let fetched: Promise<OutlineFile<AuthorityFeature>> | null = null;

// Fetched once, and again where that failed.
export function authority_outlines(): Promise<OutlineFile<AuthorityFeature>> {
  fetched ??= fetch("/map/local_authorities.geojson")
    .then(async (response) => {
      if (!response.ok) throw new Error("The outlines could not be fetched.");
      return (await response.json()) as OutlineFile<AuthorityFeature>;
    })
    .catch((problem: unknown) => {
      fetched = null;
      throw problem;
    });
  return fetched;
}
